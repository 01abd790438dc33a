namespace Garam.Expressions.Templates;

/// <summary>A message that can be rendered, or the reasons why the template does not fit its scope.</summary>
/// <param name="Message">What can be rendered; null when there are errors.</param>
/// <param name="Errors">What is wrong, with places in the template's text.</param>
public sealed record MessageBindResult(CompiledMessage? Message, IReadOnlyList<ExpressionError> Errors);
