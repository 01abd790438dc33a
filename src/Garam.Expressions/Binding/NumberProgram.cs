namespace Garam.Expressions.Binding;

/// <summary>A number, the seconds of a duration; NaN when missing. Never infinite.</summary>
internal delegate double NumberProgram(in EvaluationFrame frame);
