namespace Garam.Expressions.Templates;

/// <summary>A template, or the reasons why the text is none.</summary>
/// <param name="Template">The template; null when there are errors.</param>
/// <param name="Errors">What is wrong, with places in the template's text.</param>
public sealed record TemplateResult(MessageTemplate? Template, IReadOnlyList<ExpressionError> Errors);
