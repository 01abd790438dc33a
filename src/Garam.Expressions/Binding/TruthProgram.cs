namespace Garam.Expressions.Binding;

/// <summary>A boolean, or missing.</summary>
internal delegate Truth TruthProgram(in EvaluationFrame frame);
