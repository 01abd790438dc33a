namespace Garam.Expressions.Templates;

/// <summary>Literal text, or an expression with its format.</summary>
/// <param name="Text">The literal text; empty for an expression.</param>
/// <param name="Expression">The expression; null for literal text.</param>
/// <param name="Format">The format after the colon; empty for none.</param>
internal sealed record TemplatePart(string Text, Expression? Expression, string Format);
