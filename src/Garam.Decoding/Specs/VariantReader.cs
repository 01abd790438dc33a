using Garam.Decoding.Checksums;
using Garam.Decoding.Hex;
using Garam.Decoding.Yaml;

namespace Garam.Decoding.Specs;

/// <summary>Reads a product's layouts and when each applies.</summary>
internal static class VariantReader
{
    /// <summary>The keys that make up a layout: a variant, or a model, may have its own.</summary>
    public static readonly string[] LayoutKeys =
    [
        "parsing_type", "byte_order", "conversion", "separator", "section_header", "sections", "unknown_keys", "length_prefix",
        "trailing_bytes", "checksum", "each", "timestamp", "hub_timestamp", "sql",
    ];

    /// <summary>The layouts of a product; one that always applies where the spec names no variants.</summary>
    public static List<VariantSpec> ReadAll(SpecSection root, SpecFormat format)
    {
        var variants = new List<VariantSpec>();
        if (!root.Has("variants"))
        {
            if (ReadVariant(root, VariantCondition.Always, format) is { } only) variants.Add(only);
            root.Finish();
            return variants;
        }

        // Layout keys beside `variants` are what the variants have in common.
        var common = root.Map with { Entries = [.. root.Map.Entries.Where(entry => LayoutKeys.Contains(entry.Key.Value))] };
        foreach (var item in root.Sections("variants"))
        {
            if (variants.Count == DecodingLimits.VariantsMax)
            {
                root.Problem("variants", $"there are more than {DecodingLimits.VariantsMax} variants", $"Split the product.");
                break;
            }

            var when = ReadCondition(item);
            var own = item.Map with { Entries = [.. item.Map.Entries.Where(entry => entry.Key.Value is not "when" and not "title")] };
            var section = new SpecSection(ModelOverlay.Lay(own, common), root.Problems);
            if (ReadVariant(section, when, format) is { } variant) variants.Add(variant);
            section.Finish();
        }

        foreach (var key in LayoutKeys) root.Node(key);
        root.Finish();
        return variants;
    }

    private static VariantSpec? ReadVariant(SpecSection section, VariantCondition when, SpecFormat format)
    {
        if (section.Truth("ignore") == true)
        {
            foreach (var key in LayoutKeys) section.Node(key);
            return new VariantSpec(when, null, null);
        }

        var checksum = ReadChecksum(section);
        var layout = format switch
        {
            SpecFormat.HexBinary => HexSpecReader.Read(section),
            SpecFormat.Json => JsonSpecReader.Read(section),
            _ => CsvSpecReader.Read(section),
        };
        if (checksum is not null && format != SpecFormat.HexBinary)
            section.Problem("checksum", $"`checksum` goes with hex_binary", $"Take it away.");
        return layout is null ? null : new VariantSpec(when, checksum, layout);
    }

    private static VariantCondition ReadCondition(SpecSection item)
    {
        if (item.Section("when") is not { } when) return VariantCondition.Always;
        var ports = new List<int>();
        foreach (var text in when.Texts("port") ?? [])
        {
            if (SpecSection.TryWhole(text, out var port) && port is >= 0 and <= 255) ports.Add((int)port);
            else when.Problem("port", $"`{text}` is no port", $"Write `port: 1`, or a list: `port: [1, 2]`.");
        }

        var (min, max) = ReadLength(when);
        var bytes = new List<(int, byte[])>();
        if (when.Text("starts_with") is { } start) bytes.Add((0, ReadBytes(when.At("starts_with"), start, when.Problems)));
        foreach (var entry in when.Section("bytes")?.Map.Entries ?? [])
        {
            if (!SpecSection.TryWhole(entry.Key.Value, out var offset) || offset is < 0 or > DecodingLimits.PayloadBytesMax)
                when.Problems.Add(entry.Key, $"`{entry.Key.Value}` is no offset", $"Write the byte's place from 0: `bytes: {{2: 0x01}}`.");
            else
                bytes.Add(((int)offset, ReadBytes(entry.Value, (entry.Value as YamlScalar)?.Value ?? "", when.Problems)));
        }

        when.Finish();
        return new VariantCondition([.. ports], min, max, [.. bytes]);
    }

    private static byte[] ReadBytes(YamlNode at, string hex, ProblemList problems)
    {
        var digits = hex.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? hex[2..] : "";
        if (digits.Length is > 0 and <= 32 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)) return Convert.FromHexString(digits);
        problems.Add(at, $"{at.Noun} is not 1 to 16 bytes in hexadecimal", $"Write `0x32`, two digits for each byte.");
        return [];
    }

    private static (int Min, int Max) ReadLength(SpecSection when)
    {
        if (when.Text("length") is not { } text) return (0, int.MaxValue);
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        var first = dots < 0 ? text : text[..dots];
        var last = dots < 0 ? text : text[(dots + 2)..];
        if (SpecSection.TryWhole(first, out var min) && SpecSection.TryWhole(last, out var max) && min >= 0 && min <= max && max <= DecodingLimits.PayloadBytesMax)
            return ((int)min, (int)max);
        when.Problem("length", $"`{text}` is no length", $"Write `length: 11`, or a range: `length: 8..11`.");
        return (0, int.MaxValue);
    }

    private static ChecksumSpec? ReadChecksum(SpecSection section)
    {
        if (section.Section("checksum") is not { } checksum) return null;
        if (!checksum.Has("type")) checksum.Problem("type", $"`type` is missing", $"Write `checksum: {{type: crc16_modbus, at: end}}`.");
        var kind = checksum.Choice("type",
            ("crc16_modbus", ChecksumKind.Crc16Modbus), ("crc16_ccitt", ChecksumKind.Crc16Ccitt), ("crc16_xmodem", ChecksumKind.Crc16Xmodem),
            ("crc32", ChecksumKind.Crc32), ("crc8", ChecksumKind.Crc8), ("sum8", ChecksumKind.Sum8), ("sum16", ChecksumKind.Sum16), ("xor8", ChecksumKind.Xor8));
        var at = ReadPlace(checksum);
        var from = (int)(checksum.Whole("from", 0, DecodingLimits.PayloadBytesMax) ?? 0);

        // Modbus sends its CRC low byte first; everything else follows the frame's own order, big-endian unless told.
        var order = checksum.Choice("byte_order", ("big", ByteOrder.Big), ("little", ByteOrder.Little))
            ?? (kind == ChecksumKind.Crc16Modbus ? ByteOrder.Little : ByteOrder.Big);
        checksum.Finish();
        return kind is { } known ? new ChecksumSpec(known, at, from, order) : null;
    }

    private static int? ReadPlace(SpecSection checksum)
    {
        if (checksum.Text("at") is not { } text || text == "end") return null;
        if (SpecSection.TryWhole(text, out var at) && at is >= 0 and <= DecodingLimits.PayloadBytesMax) return (int)at;
        checksum.Problem("at", $"`{text}` is no place in a frame", $"Write `at: end`, or the offset of the checksum's first byte.");
        return null;
    }
}
