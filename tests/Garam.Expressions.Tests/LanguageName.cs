namespace Garam.Expressions.Tests;

/// <summary>A name of a language test, its type and its value.</summary>
public sealed record LanguageName(string Name, ExpressionType Type, Value Value);
