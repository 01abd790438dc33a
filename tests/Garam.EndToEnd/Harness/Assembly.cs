// One process under test at a time: the machine has two cores, and limits on time mean something only alone.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
