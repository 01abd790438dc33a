namespace Garam.Expressions.Tests;

/// <summary>A reading of a language test: what it has of the names, and when.</summary>
public sealed record LanguageReading(long TimeUs, IReadOnlyDictionary<string, Value> Values);
