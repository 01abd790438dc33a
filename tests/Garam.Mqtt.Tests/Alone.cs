namespace Garam.Mqtt.Tests;

/// <summary>Tests that measure the process run after the others, one at a time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
