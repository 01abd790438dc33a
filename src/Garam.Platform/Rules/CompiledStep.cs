using Garam.Expressions;

namespace Garam.Platform.Rules;

/// <summary>One condition of a sequence or an absence.</summary>
internal sealed record CompiledStep(CompiledExpression Program, SlotMask Mentioned);
