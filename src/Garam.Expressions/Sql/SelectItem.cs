namespace Garam.Expressions.Sql;

/// <summary>One item of a SELECT.</summary>
/// <param name="Expression">What is computed; null for <c>*</c>, which takes every field over.</param>
/// <param name="Name">The name of the result: the alias, else the last segment of a lone name; empty for <c>*</c>.</param>
public sealed record SelectItem(Expression? Expression, string Name);
