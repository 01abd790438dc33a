using Garam.Decoding.Checksums;
using Garam.Decoding.Hex;
using Garam.Decoding.Yaml;

namespace Garam.Decoding.Specs;

/// <summary>
/// Reads product specs. All problems of a file are reported together, each with its place and its mend; a spec with a problem is no spec.
/// </summary>
public static class SpecParser
{
    private static readonly string[] LayoutKeys =
    [
        "parsing_type", "byte_order", "conversion", "separator", "section_header", "sections", "unknown_keys", "length_prefix",
        "trailing_bytes", "checksum", "each", "timestamp", "hub_timestamp", "sql",
    ];

    /// <summary>Reads a spec. Never throws for what a file may contain.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="fileName">Its name, as problems shall bear it.</param>
    public static SpecResult Parse(string yaml, string fileName)
    {
        var problems = new ProblemList(fileName);
        var root = YamlFile.Read(yaml, problems);
        var spec = root is null ? null : Read(root, fileName, problems);
        if (spec is not null) SpecCheck.Run(spec, new SpecSection(root!, problems), problems);
        return problems.Count == 0 ? new SpecResult(spec, []) : new SpecResult(null, problems.InOrder());
    }

    private static ProductSpec? Read(YamlMap map, string fileName, ProblemList problems)
    {
        var root = new SpecSection(map, problems);
        var id = root.Required("product_type", "product_type: product_a");
        CheckId(root, id);
        var format = root.Choice("format", ("hex_binary", SpecFormat.HexBinary), ("json", SpecFormat.Json), ("csv", SpecFormat.Csv));
        if (!root.Has("format")) problems.Add(map, "`format` is missing", "Add `format: hex_binary`, `format: json` or `format: csv`.");
        var version = (int)(root.Whole("version", 1, int.MaxValue) ?? 1);
        var titles = ReadTitles(root);
        var vendor = root.Text("vendor");
        root.Node("description");
        root.Texts("source");
        root.Text("licence");
        var contract = ReadContract(root);
        var period = ReadPeriod(root);
        ReadSchema(root);
        root.Node("models");
        root.Node("variants");
        if (format is not { } known)
        {
            foreach (var key in LayoutKeys) root.Node(key);
            root.Finish();
            return null;
        }

        var variants = ReadVariants(root, known, finish: true);
        return new ProductSpec(id ?? "", fileName, known, variants)
        {
            Version = version,
            Titles = titles,
            Vendor = vendor,
            ExpectedPeriod = period,
            Contract = contract,
            Models = ReadModels(root, known),
        };
    }

    private static void CheckId(SpecSection root, string? id)
    {
        if (id is null) return;
        var fits = id.Length is > 0 and <= 64 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
        if (!fits) root.Problem("product_type", $"`{id}` cannot be a product's id", "Use 1 to 64 letters, digits, `_`, `-` or `.`.");
    }

    private static Dictionary<string, string> ReadTitles(SpecSection root)
    {
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.Node("title") is YamlScalar plain)
        {
            titles.Add("en", plain.Value);
            return titles;
        }

        foreach (var entry in root.Section("title")?.Map.Entries ?? [])
        {
            if (entry.Value is YamlScalar title) titles[entry.Key.Value] = title.Value;
            else root.Problems.Add(entry.Value, $"{entry.Value.Noun} is no title", "Write `title: {en: Climate sensor, ko: 온습도 센서}`.");
        }

        return titles;
    }

    private static ContractSpec ReadContract(SpecSection root)
    {
        if (root.Section("contract") is not { } section) return new ContractSpec([], Rejects: false);
        var contract = new ContractSpec(
            section.Texts("required") ?? [],
            section.Choice("on_violation", ("flag", false), ("reject", true)) ?? false);
        section.Finish();
        return contract;
    }

    private static TimeSpan? ReadPeriod(SpecSection root)
    {
        if (root.Text("expected_period") is not { } text) return null;
        if (SpecDuration.TryParse(text, out var period)) return period;
        root.Problem("expected_period", $"`{text}` is no duration", "Write a number with s, m, h or d: `5s`, `10m`, `1h`.");
        return null;
    }

    /// <summary>The documents' output_schema describes the standard telemetry, which is always the output: only its timestamp is read (JSON, CSV).</summary>
    private static void ReadSchema(SpecSection root) => root.Section("output_schema");

    private static List<VariantSpec> ReadVariants(SpecSection root, SpecFormat format, bool finish)
    {
        var variants = new List<VariantSpec>();
        if (!root.Has("variants"))
        {
            if (ReadVariant(root, VariantCondition.Always, format) is { } only) variants.Add(only);
            if (finish) root.Finish();
            return variants;
        }

        // Layout keys beside `variants` are what the variants have in common.
        var common = root.Map with { Entries = [.. root.Map.Entries.Where(entry => LayoutKeys.Contains(entry.Key.Value))] };
        foreach (var item in root.Sections("variants"))
        {
            if (variants.Count == DecodingLimits.VariantsMax)
            {
                root.Problem("variants", $"there are more than {DecodingLimits.VariantsMax} variants", "Split the product.");
                break;
            }

            var when = ReadCondition(item);
            var own = item.Map with { Entries = [.. item.Map.Entries.Where(entry => entry.Key.Value is not "when" and not "title")] };
            var section = new SpecSection(ModelOverlay.Lay(own, common), root.Problems);
            if (ReadVariant(section, when, format) is { } variant) variants.Add(variant);
            section.Finish();
        }

        foreach (var key in LayoutKeys) root.Node(key);
        if (finish) root.Finish();
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
            section.Problem("checksum", "`checksum` goes with hex_binary", "Take it away.");
        return layout is null ? null : new VariantSpec(when, checksum, layout);
    }

    private static VariantCondition ReadCondition(SpecSection item)
    {
        if (item.Section("when") is not { } when) return VariantCondition.Always;
        var ports = new List<int>();
        foreach (var text in when.Texts("port") ?? [])
        {
            if (SpecSection.TryWhole(text, out var port) && port is >= 0 and <= 255) ports.Add((int)port);
            else when.Problem("port", $"`{text}` is no port", "Write `port: 1`, or a list: `port: [1, 2]`.");
        }

        var (min, max) = ReadLength(when);
        var bytes = new List<(int, byte[])>();
        if (when.Text("starts_with") is { } start) bytes.Add((0, ReadBytes(when.At("starts_with"), start, when.Problems)));
        foreach (var entry in when.Section("bytes")?.Map.Entries ?? [])
        {
            if (!SpecSection.TryWhole(entry.Key.Value, out var offset) || offset is < 0 or > DecodingLimits.PayloadBytesMax)
                when.Problems.Add(entry.Key, $"`{entry.Key.Value}` is no offset", "Write the byte's place from 0: `bytes: {2: 0x01}`.");
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
        problems.Add(at, $"{at.Noun} is not 1 to 16 bytes in hexadecimal", "Write `0x32`, two digits for each byte.");
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
        when.Problem("length", $"`{text}` is no length", "Write `length: 11`, or a range: `length: 8..11`.");
        return (0, int.MaxValue);
    }

    private static ChecksumSpec? ReadChecksum(SpecSection section)
    {
        if (section.Section("checksum") is not { } checksum) return null;
        if (!checksum.Has("type")) checksum.Problem("type", "`type` is missing", "Write `checksum: {type: crc16_modbus, at: end}`.");
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
        checksum.Problem("at", $"`{text}` is no place in a frame", "Write `at: end`, or the offset of the checksum's first byte.");
        return null;
    }

    /// <summary>A model's entry that changes nothing of the product and is no whole field of its own is a misspelling.</summary>
    private static bool ReportUnmatched(string model, YamlMap over, YamlMap under, ProblemList problems)
    {
        var found = false;
        var names = ModelOverlay.Names(under).ToHashSet(StringComparer.Ordinal);
        foreach (var (entry, name) in ModelOverlay.Entries(over))
        {
            if (names.Contains(name.Value) || entry["type"] is not null || entry["source"] is not null) continue;
            problems.Add(name, $"the model {model} changes `{name.Value}`, which the product does not have", Spelling.Remedy(name.Value, names));
            found = true;
        }

        return found;
    }

    private static Dictionary<string, IReadOnlyList<VariantSpec>> ReadModels(SpecSection root, SpecFormat format)
    {
        var models = new Dictionary<string, IReadOnlyList<VariantSpec>>(StringComparer.Ordinal);
        if (root.Section("models") is not { } section) return models;
        if (section.Map.Entries.Count > DecodingLimits.ModelsMax)
            root.Problem("models", $"there are more than {DecodingLimits.ModelsMax} models", "Split the product.");
        foreach (var entry in section.Map.Entries.Take(DecodingLimits.ModelsMax))
        {
            if (entry.Value is not YamlMap over)
            {
                root.Problems.Add(entry.Value, $"{entry.Value.Noun} changes nothing", "Write `A-2: {conversion: [{field: temperature, scale: 0.01}]}`.");
                continue;
            }

            foreach (var inner in over.Entries.Where(inner => !LayoutKeys.Contains(inner.Key.Value)))
                root.Problems.Add(inner.Key, $"a model cannot change `{inner.Key.Value}`", Spelling.Remedy(inner.Key.Value, LayoutKeys));
            var under = root.Map with { Entries = [.. root.Map.Entries.Where(key => LayoutKeys.Contains(key.Key.Value) || key.Key.Value is "variants" or "output_schema")] };
            var known = over with { Entries = [.. over.Entries.Where(inner => LayoutKeys.Contains(inner.Key.Value))] };
            if (ReportUnmatched(entry.Key.Value, known, under, root.Problems)) continue;
            var merged = new SpecSection(LayModel(known, under), root.Problems);
            merged.Node("output_schema");
            models[entry.Key.Value] = ReadVariants(merged, format, finish: true);
        }

        return models;
    }

    /// <summary>Where the product has variants, a model's fields are looked for in each of them.</summary>
    private static YamlMap LayModel(YamlMap over, YamlMap under)
    {
        if (under["variants"] is not YamlList variants || under["conversion"] is not null) return ModelOverlay.Lay(over, under);
        var items = variants.Items.Select(item => item is YamlMap variant && variant["conversion"] is not null ? ModelOverlay.Lay(over, variant) : item);
        var entries = under.Entries.Select(entry => entry.Key.Value == "variants" ? new YamlEntry(entry.Key, variants with { Items = [.. items] }) : entry);
        return under with { Entries = [.. entries] };
    }
}
