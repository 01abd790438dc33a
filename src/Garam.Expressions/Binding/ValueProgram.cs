namespace Garam.Expressions.Binding;

/// <summary>A value of a type that is known only now.</summary>
internal delegate Value ValueProgram(in EvaluationFrame frame);
