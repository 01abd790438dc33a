namespace Garam.Expressions;

/// <summary>A name that expressions may use, and the slot its value is found in.</summary>
/// <param name="Name">The name as written: <c>temperature</c>, <c>device.site</c>, <c>data.temp</c>.</param>
/// <param name="Slot">Index of its value in the slots of a frame, from 0.</param>
/// <param name="Type">What its values are.</param>
public sealed record Symbol(string Name, int Slot, ExpressionType Type);
