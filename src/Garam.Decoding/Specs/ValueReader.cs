using System.Text;
using Garam.Decoding.Values;
using Garam.Decoding.Yaml;
using Garam.Expressions;

namespace Garam.Decoding.Specs;

/// <summary>Reads what becomes of a raw value; the same keys for fields of bytes, of JSON and of CSV.</summary>
internal static class ValueReader
{
    private const int BitsMax = 64;
    private const int PolynomialMax = 16;

    /// <summary>Reads the keys of a value. <paramref name="name"/> was read by the caller, who knows under which key it stands.</summary>
    public static ValueSpec Read(SpecSection section, string name, Values.ValueType type, bool bitsTaken = true)
    {
        var valid = section.Section("valid");
        var role = name switch { "device_timestamp" => ValueRole.DeviceTime, "hub_timestamp" => ValueRole.HubTime, _ => ValueRole.Metric };
        var value = new ValueSpec(name, type)
        {
            Role = role,
            Line = section.At("formula").Line,
            Column = section.At("formula").Column,
            Unit = section.Text("unit"),
            Scale = section.Figure("scale"),
            Bias = section.Figure("bias"),
            Polynomial = ReadPolynomial(section),
            Formula = ReadFormula(section),
            Names = ReadNames(section),
            Bits = bitsTaken ? ReadBits(section) : [],
            ValidMin = valid?.Figure("min")?.ToDouble(),
            ValidMax = valid?.Figure("max")?.ToDouble(),
            Absent = ReadAbsent(section),
            Emitted = section.Truth("emit") ?? true,
        };
        valid?.Finish();
        Check(section, value);
        return value;
    }

    /// <summary>Whether a text may name a metric; reports it when not.</summary>
    public static bool CheckName(YamlNode at, string name, ProblemList problems)
    {
        var fits = name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= DecodingLimits.NameBytesMax
            && !name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '{' or '}' or '`' or '"');
        if (!fits) problems.Add(at, $"`{name}` cannot name a metric", $"Use 1 to {DecodingLimits.NameBytesMax} letters, digits, `_`, `.` or `-`, without spaces.");
        return fits;
    }

    private static void Check(SpecSection section, ValueSpec value)
    {
        if (value.ValidMin > value.ValidMax)
            section.Problem("valid", $"`valid` has a min above its max", $"Swap them.");
        var isTime = value.Type is Values.ValueType.UnixSeconds or Values.ValueType.UnixMilliseconds or Values.ValueType.Iso8601 or Values.ValueType.AnyTime;
        if (value.Role != ValueRole.Metric && !isTime)
            section.Problem("type", $"`{value.Name}` is a time and cannot be of this type", $"Use `type: unix_s` or `type: unix_ms`; in JSON and CSV also `iso8601`.");
        var scaled = value.Scale is not null || value.Bias is not null || value.Polynomial is not null || value.Formula is not null;
        if (value.Type is Values.ValueType.Text or Values.ValueType.Boolean && (scaled || value.Bits.Count > 0 || value.Names is not null && value.Type == Values.ValueType.Text))
            section.Problem("type", $"`{value.Name}` is of a type without scale, bias, polynomial, formula, enum or bits", $"Use a number type, or take those keys away.");
        if (value.Names is not null && scaled)
            section.Problem("enum", $"`enum` names raw numbers and goes with neither scale, bias, polynomial nor formula", $"Take one of them away.");
        if (value.Kind == MetricKind.Text && (value.ValidMin is not null || value.ValidMax is not null))
            section.Problem("valid", $"`{value.Name}` is a text and has no range", $"Take `valid` away.");
    }

    private static double[]? ReadPolynomial(SpecSection section)
    {
        if (section.List("polynomial") is not { } list) return null;
        var coefficients = new List<double>();
        foreach (var item in list.Items)
        {
            if (item is YamlScalar scalar && Rational.TryParse(scalar.Value, out var figure)) coefficients.Add(figure.ToDouble());
            else section.Problems.Add(item, $"{item.Noun} is not a coefficient", $"Write `polynomial: [constant, of x, of x², …]`.");
        }

        if (list.Items.Count is 0 or > PolynomialMax)
            section.Problems.Add(list, $"a polynomial has 1 to {PolynomialMax} coefficients", $"Write `polynomial: [constant, of x, of x², …]`.");
        return [.. coefficients];
    }

    private static Expression? ReadFormula(SpecSection section)
    {
        if (section.Text("formula") is not { } text) return null;
        var parsed = Expression.Parse(text);
        foreach (var error in parsed.Errors)
            section.Problem("formula", $"in `formula`, character {error.Position + 1}: {error.Message}", error.Remedy);
        return parsed.Expression;
    }

    private static Dictionary<long, string>? ReadNames(SpecSection section)
    {
        if (section.Section("enum") is not { } names) return null;
        var read = new Dictionary<long, string>();
        foreach (var entry in names.Map.Entries)
        {
            if (!SpecSection.TryWhole(entry.Key.Value, out var number))
                section.Problems.Add(entry.Key, $"`{entry.Key.Value}` is not a whole number", $"Write `enum: {{0: closed, 1: open}}`.");
            else if (entry.Value is not YamlScalar name || Encoding.UTF8.GetByteCount(name.Value) is 0 or > DecodingLimits.TextBytesMax)
                section.Problems.Add(entry.Value, $"{entry.Value.Noun} is not a name", $"Write a text of 1 to {DecodingLimits.TextBytesMax} bytes.");
            else if (!read.TryAdd(number, name.Value))
                section.Problems.Add(entry.Key, $"the number {number} is there twice", $"Keep one of them.");
        }

        return read;
    }

    private static long[] ReadAbsent(SpecSection section)
    {
        var node = section.Node("absent");
        if (node is null) return [];
        var items = node is YamlList list ? list.Items : [node];
        var numbers = new List<long>();
        foreach (var item in items)
        {
            if (SpecSection.TryWhole(item, out var number)) numbers.Add(number);
            else section.Problems.Add(item, $"{item.Noun} is not a whole number", $"Write the raw number that stands for no value: `absent: 0xFFFF`, or a list of them.");
        }

        return [.. numbers];
    }

    private static List<BitSpec> ReadBits(SpecSection section)
    {
        var bits = new List<BitSpec>();
        if (section.Section("bits") is not { } names) return bits;
        foreach (var entry in names.Map.Entries)
        {
            if (!CheckName(entry.Key, entry.Key.Value, section.Problems)) continue;
            var inner = entry.Value as YamlMap is { } map ? new SpecSection(map, section.Problems) : null;
            var place = inner is null ? entry.Value : inner.Node("at");
            if (place is not YamlScalar scalar || !TryRange(scalar.Value, out var from, out var to))
            {
                section.Problems.Add(entry.Value, $"{entry.Value.Noun} is not a bit or a range of bits", $"Write `name: 3` or `name: 4..6`; bit 0 is the least significant.");
                continue;
            }

            bits.Add(ReadBit(entry.Key.Value, inner, from, to, isRange: scalar.Value.Contains("..", StringComparison.Ordinal)));
        }

        return bits;
    }

    private static BitSpec ReadBit(string name, SpecSection? inner, int from, int to, bool isRange)
    {
        // A range of one bit (3..3) is how a spec asks for the number 0 or 1 instead of a boolean.
        var type = isRange ? Values.ValueType.Integer : Values.ValueType.Boolean;
        if (inner is null) return new BitSpec(from, to, Signed: false, Inverted: false, new ValueSpec(name, type));
        var named = inner.Has("enum");
        type = inner.Choice("type", ("bool", Values.ValueType.Boolean), ("int", Values.ValueType.Integer)) ?? (named ? Values.ValueType.Integer : type);
        var value = Read(inner, name, type, bitsTaken: false);
        var bit = new BitSpec(from, to, inner.Truth("signed") ?? false, inner.Truth("inverted") ?? false, value);
        inner.Finish();
        return bit;
    }

    private static bool TryRange(string text, out int from, out int to)
    {
        to = 0;
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        var first = dots < 0 ? text : text[..dots];
        if (!int.TryParse(first, out from) || from is < 0 or >= BitsMax) return false;
        if (dots < 0)
        {
            to = from;
            return true;
        }

        return int.TryParse(text[(dots + 2)..], out to) && to >= from && to < BitsMax;
    }
}
