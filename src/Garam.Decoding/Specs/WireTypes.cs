using System.Globalization;
using Garam.Decoding.Hex;
using Garam.Expressions;

namespace Garam.Decoding.Specs;

/// <summary>The type names of fields of bytes, and how many bytes each takes.</summary>
internal static class WireTypes
{
    private static readonly string[] Names =
    [
        "int8", "int16", "int24", "int32", "int40", "int48", "int56", "int64",
        "uint8", "uint16", "uint24", "uint32", "uint40", "uint48", "uint56", "uint64",
        "float32", "float64", "bcd", "bool", "ascii", "utf8", "hex", "version", "unix_s", "unix_ms",
    ];

    /// <summary>Reads <c>type</c> against the length; fills in the length that the type implies. Null when either is wrong.</summary>
    public static (WireType Wire, Values.ValueType Value)? Read(SpecSection item, ref int? length, bool rest)
    {
        var name = item.Text("type");
        if (name is null)
        {
            if (!item.Has("bits") || length is null)
            {
                item.Problems.Add(item.Map, $"`type` is missing", $"Add `type: int16`, or another of: {string.Join(", ", Names)}.");
                return null;
            }

            name = "uint" + (length.Value * 8).ToString(CultureInfo.InvariantCulture);
        }

        var known = Known(name);
        if (known is not { } type)
        {
            item.Problem("type", $"`{name}` is no value of `type`", Spelling.Remedy(name, Names));
            return null;
        }

        if (!CheckLength(item, name, type, ref length, rest)) return null;
        return (type.Wire, type.Value);
    }

    private static bool CheckLength(SpecSection item, string name, (WireType Wire, Values.ValueType Value, int Min, int Max, int Default) type, ref int? length, bool rest)
    {
        var key = item.Has("value_length") ? "value_length" : "length";
        if (length is null && !rest && type.Default > 0) length = type.Default;
        if (length is null && !rest)
        {
            item.Problem("type", $"`{name}` has no length of its own", $"Add `length: N`, or `length: rest` for all that is left.");
            return false;
        }

        if (length is null && type.Wire is WireType.Ascii or WireType.Utf8 or WireType.HexText) return true;
        if (length is { } bytes && bytes >= type.Min && bytes <= type.Max) return true;
        var takes = type.Min == type.Max ? (Phrase)$"{type.Min}" : $"{type.Min} to {type.Max}";
        var remedy = type.Min == type.Max ? (Phrase)$"Write `{key}: {type.Min}`, or another type." : $"Write `{key}` with {takes}, or another type.";
        item.Problem(key, $"`{name}` takes {takes} bytes and `{key}` says {length?.ToString(CultureInfo.InvariantCulture) ?? "rest"}", remedy);
        return false;
    }

    private static (WireType Wire, Values.ValueType Value, int Min, int Max, int Default)? Known(string name)
    {
        switch (name)
        {
            case "float32": return (WireType.Float32, Values.ValueType.Number, 4, 4, 4);
            case "float64": return (WireType.Float64, Values.ValueType.Number, 8, 8, 8);
            case "bcd": return (WireType.Bcd, Values.ValueType.Number, 1, 8, 0);
            case "bool": return (WireType.Bool, Values.ValueType.Boolean, 1, 8, 1);
            case "ascii": return (WireType.Ascii, Values.ValueType.Text, 1, DecodingLimits.TextBytesMax, 0);
            case "utf8": return (WireType.Utf8, Values.ValueType.Text, 1, DecodingLimits.TextBytesMax, 0);
            case "hex": return (WireType.HexText, Values.ValueType.Text, 1, DecodingLimits.TextBytesMax / 2, 0);
            case "version": return (WireType.Version, Values.ValueType.Text, 1, 4, 2);
            case "unix_s": return (WireType.Unsigned, Values.ValueType.UnixSeconds, 4, 8, 4);
            case "unix_ms": return (WireType.Unsigned, Values.ValueType.UnixMilliseconds, 6, 8, 8);
        }

        var signed = name.StartsWith("int", StringComparison.Ordinal);
        var digits = signed ? name.AsSpan(3) : name.StartsWith("uint", StringComparison.Ordinal) ? name.AsSpan(4) : [];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits is < 8 or > 64 || bits % 8 != 0) return null;
        return (signed ? WireType.Signed : WireType.Unsigned, Values.ValueType.Number, bits / 8, bits / 8, bits / 8);
    }
}
