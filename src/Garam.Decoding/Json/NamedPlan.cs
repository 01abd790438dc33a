using System.Text;
using Garam.Decoding.Values;

namespace Garam.Decoding.Json;

/// <summary>
/// Writes a metric whose name stands in the message. Names are taken up as they come, within the product's limit; a name with another
/// unit is another metric definition, so a definition's unit is always right.
/// </summary>
internal sealed class NamedPlan(int nameCapture, int valueCapture, int unitCapture, MetricTable table)
{
    private readonly JsonNode _known = new("", open: true);
    private readonly Lock _gate = new();

    public void Write(DecodeOutput output)
    {
        var captures = output.Captures;
        if (!captures.TryText(nameCapture, out var name))
        {
            output.SetFault(DecodeErrorCode.NotFound, subject: "name_from");
            return;
        }

        // The key under which the plan is remembered: name and unit, which no name can contain the separator of.
        Span<byte> key = stackalloc byte[DecodingLimits.TextBytesMax * 2 + 1];
        name.CopyTo(key);
        var length = name.Length;
        if (unitCapture >= 0 && captures.TryText(unitCapture, out var unit))
        {
            key[length++] = 0;
            unit.CopyTo(key[length..]);
            length += unit.Length;
        }

        var plan = _known.Find(key[..length]) ?? TakeUp(key[..length], name, output);
        if (plan is null) return;
        var value = captures[valueCapture];
        if (captures.TryText(valueCapture, out var text)) plan.Plans[0].WriteText(output, text);
        else if (value.Kind == Expressions.ValueKind.Number) plan.Plans[0].WriteNumber(output, value.Number);
        else if (value.Kind == Expressions.ValueKind.Boolean) plan.Plans[0].WriteTruth(output, value.IsTrue);
    }

    private JsonProperty? TakeUp(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name, DecodeOutput output)
    {
        if (name.Length is 0 or > DecodingLimits.NameBytesMax || name.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
        {
            output.SetFault(DecodeErrorCode.InvalidName);
            return null;
        }

        lock (_gate)
        {
            if (_known.Find(key) is { } known) return known;
            if (table.Count >= DecodingLimits.MetricsMax)
            {
                output.SetFault(DecodeErrorCode.TooManyMetrics);
                return null;
            }

            var unit = key.Length > name.Length ? Encoding.UTF8.GetString(key[(name.Length + 1)..]) : null;
            var plan = new ValuePlan(new ValueSpec(Encoding.UTF8.GetString(name), Values.ValueType.Any) { Unit = unit }, table, null);
            var property = _known.GetOrAdd(key);
            property.Plans = [plan];
            return property;
        }
    }
}
