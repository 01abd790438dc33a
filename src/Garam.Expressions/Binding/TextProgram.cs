namespace Garam.Expressions.Binding;

/// <summary>A text; null when missing.</summary>
internal delegate string? TextProgram(in EvaluationFrame frame);
