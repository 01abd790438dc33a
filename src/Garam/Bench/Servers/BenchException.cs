namespace Garam.Bench.Servers;

/// <summary>The environment does not let a measurement happen: the message tells a person what and how to mend it.</summary>
internal sealed class BenchException(string message) : Exception(message);
