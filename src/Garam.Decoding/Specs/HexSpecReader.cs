using System.Globalization;
using Garam.Decoding.Hex;
using Garam.Decoding.Values;
using Garam.Decoding.Yaml;

namespace Garam.Decoding.Specs;

/// <summary>Reads the layouts of <c>format: hex_binary</c>.</summary>
internal sealed class HexSpecReader
{
    private const int OffsetMax = DecodingLimits.PayloadBytesMax;
    public const int FieldBytesMax = 64 * 1024;
    private const int DepthMax = 6;
    private readonly ProblemList _problems;
    private readonly ByteOrder _order;
    private int _fields;

    private HexSpecReader(ProblemList problems, ByteOrder order)
    {
        _problems = problems;
        _order = order;
    }

    public static LayoutSpec? Read(SpecSection section)
    {
        var order = ReadOrder(section) ?? ByteOrder.Big;
        var reader = new HexSpecReader(section.Problems, order);
        var parsing = section.Choice("parsing_type", ("length_based", 0), ("key_value", 1), ("hybrid", 2));
        if (parsing is null && section.Has("parsing_type")) return null;
        return parsing switch
        {
            1 => new KeyValueReader(reader, section.Problems).Read(section),
            2 => reader.ReadHybrid(section),
            _ => reader.ReadLengthBased(section),
        };
    }

    private static ByteOrder? ReadOrder(SpecSection section) => section.Choice(
        "byte_order", ("big", ByteOrder.Big), ("little", ByteOrder.Little), ("low_word_first", ByteOrder.LowWordFirst));

    private LengthBasedSpec ReadLengthBased(SpecSection section)
    {
        var trailing = section.Choice("trailing_bytes", ("ignore", false), ("reject", true)) ?? false;
        if (!section.Has("conversion"))
            _problems.Add(section.Map, $"`conversion` is missing", $"Add `conversion:` with one `- {{field: …, offset: 0, length: 2, type: int16}}` per field.");
        var items = ReadItems(section, 0, out var rounds);
        return new LengthBasedSpec(items, rounds, trailing);
    }

    private HybridSpec ReadHybrid(SpecSection section)
    {
        var header = section.Choice("section_header", ("auto", SectionHeader.Auto), ("id", SectionHeader.Id), ("position", SectionHeader.Position)) ?? SectionHeader.Auto;
        byte[] separator = [];
        if (section.Required("separator", "separator: \"0xAA\"") is { } text && (!TryBytes(text, out separator) || separator.Length > 8))
            section.Problem("separator", $"`{text}` is not a separator", $"Write 1 to 8 bytes in hexadecimal: `separator: \"0xAA\"`.");
        var sections = new List<SectionSpec>();
        if (!section.Has("sections"))
            _problems.Add(section.Map, $"`sections` is missing", $"Add `sections:` with one `- {{section_id: 1, conversion: […]}}` per section.");
        foreach (var item in section.Sections("sections"))
        {
            if (IsMisplacedSchema(item)) continue;
            if (!item.Has("section_id")) _problems.Add(item.Map, $"`section_id` is missing", $"Add `section_id: 1`.");
            var id = (int)(item.Whole("section_id", 0, 255) ?? -1);
            var items = ReadItems(item, 1, out _);
            item.Finish();
            if (HexItem.FixedEnd(items) is null)
                item.Problem("conversion", $"section {id} has no fixed length", $"Give every field of a section a fixed length, and none `optional`: a separator's byte may also stand in a value.");
            if (sections.Any(other => other.Id == id)) item.Problem("section_id", $"section {id} is there twice", $"Keep one of them.");
            sections.Add(new SectionSpec(id, items));
        }

        return new HybridSpec(separator, header, [.. sections.OrderBy(item => item.Id)]);
    }

    /// <summary>Reads a list of fields and what else a layout may hold.</summary>
    public List<HexItem> ReadItems(SpecSection section, int depth, out RoundsSpec? rounds)
    {
        rounds = null;
        var items = new List<HexItem>();
        if (depth > DepthMax)
        {
            section.Problem("conversion", $"fields are nested deeper than {DepthMax} levels", $"Flatten the layout.");
            return items;
        }

        foreach (var item in section.Sections("conversion"))
        {
            if (IsMisplacedSchema(item)) continue;
            if (rounds is not null) _problems.Add(item.Map, $"`readings` must be the last entry", $"Move this entry above it.");
            if (item.Has("mask")) items.Add(ReadMask(item, depth));
            else if (item.Has("repeat")) items.AddRange(ReadRepeat(item, depth));
            else if (item.Has("readings")) rounds = ReadRounds(item, depth);
            else if (item.Has("skip")) items.Add(ReadSkip(item));
            else if (ReadField(item, null, offsetTaken: true) is { } field)
            {
                item.Finish();
                items.Add(field);
            }
        }

        return items;
    }

    private static SkipItem ReadSkip(SpecSection item)
    {
        var skip = new SkipItem((int)(item.Whole("skip", 1, FieldBytesMax) ?? 1));
        item.Finish();
        return skip;
    }

    private MaskItem ReadMask(SpecSection item, int depth)
    {
        var mask = item.Section("mask");
        var offset = (int?)mask?.Whole("offset", 0, OffsetMax);
        var length = (int)(mask?.Whole("length", 1, 8) ?? 1);
        var order = (mask is null ? null : ReadOrder(mask)) ?? _order;
        mask?.Finish();
        var groups = new List<MaskGroup>();
        foreach (var group in item.Sections("groups"))
        {
            if (!group.Has("bit")) _problems.Add(group.Map, $"`bit` is missing", $"Add `bit: 0`; bit 0 is the mask's least significant.");
            var bit = (int)(group.Whole("bit", 0, length * 8 - 1) ?? -1);
            var fields = ReadItems(group, depth + 1, out var rounds);
            if (rounds is not null) group.Problem("conversion", $"`readings` cannot stand in a group", $"Move it to the end of the outer `conversion`.");
            group.Finish();
            if (bit >= 0 && groups.Any(other => other.Bit == bit)) group.Problem("bit", $"bit {bit} is there twice", $"Keep one of them.");
            groups.Add(new MaskGroup(bit, fields));
        }

        if (!item.Has("groups")) item.Problem("mask", $"a mask announces groups and there are none", $"Add `groups:` with one `- {{bit: 0, conversion: […]}}` per bit.");
        item.Finish();
        return new MaskItem(offset, length, order, [.. groups.OrderBy(group => group.Bit)]);
    }

    private List<HexItem> ReadRepeat(SpecSection item, int depth)
    {
        var written = new List<HexItem>();
        var repeat = item.Section("repeat");
        if (repeat is not null && !repeat.Has("times")) item.Problem("repeat", $"`times` is missing", $"Write `repeat: {{times: 4}}`.");
        var times = repeat?.Whole("times", 1, DecodingLimits.MetricsMax) ?? 0;
        var first = repeat?.Whole("first", 0, 1_000_000) ?? 0;
        repeat?.Finish();
        for (var round = 0; round < times && _fields <= DecodingLimits.SpecFieldsMax; round++)
        {
            var number = (first + round).ToString(CultureInfo.InvariantCulture);
            var copy = new SpecSection((YamlMap)NameTemplate.Replace(item.Map, "{n}", number), _problems);
            written.AddRange(ReadItems(copy, depth + 1, out _));
        }

        if (written.Any(entry => entry is FieldItem { Offset: not null }))
            item.Problem("repeat", $"fields that repeat stand one after the other and take no `offset`", $"Take `offset` away; use `skip: N` for bytes without meaning.");
        item.List("conversion");
        item.Finish();
        return written;
    }

    private RoundsSpec ReadRounds(SpecSection item, int depth)
    {
        var readings = item.Section("readings");
        var times = readings?.Text("times");
        int? fixedTimes = null;
        if (times is not null and not "rest") fixedTimes = (int?)readings!.Whole("times", 1, DecodingLimits.ReadingsMax);
        var count = readings?.Text("count");
        readings?.Finish();
        var fields = ReadItems(item, depth + 1, out _);
        item.Finish();
        if (HexItem.FixedEnd(fields) is null or 0)
            item.Problem("conversion", $"a round of `readings` has no fixed length", $"Give every field a fixed length, and none `optional`.");
        return new RoundsSpec(fixedTimes, count, fields);
    }

    /// <summary>Reads a field; its section is left open for the caller's own keys.</summary>
    public FieldItem? ReadField(SpecSection item, int? length, bool offsetTaken)
    {
        if (++_fields > DecodingLimits.SpecFieldsMax)
        {
            _problems.Add(item.Map, $"the spec has more than {DecodingLimits.SpecFieldsMax} fields", $"Split the product.");
            return null;
        }

        var name = item.Required("field", "field: temperature");
        var offset = offsetTaken ? (int?)item.Whole("offset", 0, OffsetMax) : null;
        var rest = false;
        if (offsetTaken && item.Text("length") is { } lengthText)
        {
            rest = lengthText == "rest";
            if (!rest) length = (int?)item.Whole("length", 1, FieldBytesMax);
        }

        var order = ReadOrder(item) ?? _order;
        var typed = WireTypes.Read(item, ref length, rest || item.Text("value_length") == "rest");
        var optional = offsetTaken && (item.Truth("optional") ?? false);
        if (name is null || typed is not { } type || !ValueReader.CheckName(item.At("field"), name, _problems))
        {
            if (typed is not null && name is not null) return null;
            ValueReader.Read(item, name ?? "field", Values.ValueType.Number);
            return null;
        }

        return new FieldItem(ValueReader.Read(item, name, type.Value), offset, length, type.Wire, order, optional);
    }

    /// <summary>Whether an entry is the documents' output_schema, which belongs to the top level; reports it.</summary>
    public bool IsMisplacedSchema(SpecSection item)
    {
        if (item.Map.Entries.Count != 1 || !item.Has("output_schema")) return false;
        _problems.Add(item.Map, $"`output_schema` stands in the list of fields", $"Move it to the top level of the file.");
        return true;
    }

    /// <summary>Bytes in hexadecimal after 0x.</summary>
    public static bool TryBytes(string text, out byte[] bytes)
    {
        bytes = [];
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : "";
        if (digits.Length is 0 || digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit)) return false;
        bytes = Convert.FromHexString(digits);
        return true;
    }
}
