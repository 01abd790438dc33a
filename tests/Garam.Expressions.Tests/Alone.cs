namespace Garam.Expressions.Tests;

/// <summary>Tests that measure run after the others, one at a time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
