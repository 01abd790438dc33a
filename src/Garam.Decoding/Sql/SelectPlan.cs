using System.Text;
using Garam.Decoding.Values;
using Garam.Expressions;

namespace Garam.Decoding.Sql;

/// <summary>The computed part of a SELECT: its WHERE, and its columns that are more than a name.</summary>
internal sealed class SelectPlan(CompiledExpression? where, (CompiledExpression Program, ValuePlan Value)[] columns, int captures)
{
    /// <summary>Writes the computed columns; false when WHERE does not hold.</summary>
    public bool Keeps(in DecodeContext context, DecodeOutput output)
    {
        output.Captures.Materialise(captures);
        var frame = new EvaluationFrame(output.Captures.Values[..captures], context.ReceivedAtUs);
        if (where is not null && !where.Holds(in frame)) return false;
        foreach (var (program, value) in columns) Write(output, program.Evaluate(in frame), value);
        return true;
    }

    private static void Write(DecodeOutput output, Value value, ValuePlan plan)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                plan.WriteTruth(output, value.IsTrue);
                break;
            case ValueKind.Number:
            case ValueKind.Duration:
                plan.WriteNumber(output, value.Number);
                break;
            case ValueKind.Text:
                Span<byte> utf8 = stackalloc byte[DecodingLimits.TextBytesMax];
                if (Encoding.UTF8.TryGetBytes(value.Text, utf8, out var length)) plan.WriteText(output, utf8[..length]);
                else output.SetFault(DecodeErrorCode.TextTooLong, subject: plan.Name);
                break;
            default:
                break;
        }
    }
}
