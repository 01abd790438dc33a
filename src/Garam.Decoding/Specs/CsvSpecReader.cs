using Garam.Decoding.Csv;
using Garam.Decoding.Values;

namespace Garam.Decoding.Specs;

/// <summary>Reads <c>format: csv</c>.</summary>
internal static class CsvSpecReader
{
    public static LayoutSpec? Read(SpecSection root)
    {
        var conversion = JsonSpecReader.ReadConversion(root);
        var delimiter = ReadDelimiter(conversion);
        var columns = conversion?.Texts("columns");
        var header = conversion?.Truth("header") ?? columns is null;
        if (header && columns is not null) conversion!.Problem("columns", $"`columns` names what the header already names", $"Keep `header: true` or `columns`, not both.");
        var mapped = conversion?.Has("mapping") ?? false;
        if (!header && columns is null && !mapped && root.Problems.Count == 0)
            root.Problem("conversion", $"a CSV without header needs the names of its columns", $"Add `columns: [temp, hum]`, or a `mapping` with `source: 0` and so on.");
        var mappings = new List<CsvMapping>();
        if (conversion is not null)
        {
            foreach (var item in conversion.Sections("mapping")) ReadMapping(item, header, columns, mappings);
        }

        foreach (var (sources, value, at) in MappingReader.ReadTimes(root, conversion))
        {
            if (Mapping(at, sources, value, header, columns, optional: true) is { } time) mappings.Add(time);
        }

        var ignored = conversion?.Texts("ignore") ?? [];
        var open = conversion?.Choice("unmapped", ("ignore", false), ("keep", true)) ?? !mapped;
        if (open && columns is not null) AddOpenColumns(columns, ignored, mappings);
        conversion?.Section("output_schema");
        conversion?.Finish();
        return new CsvSpec(delimiter, header, mappings, ignored, open);
    }

    private static void AddOpenColumns(IReadOnlyList<string> columns, IReadOnlyList<string> ignored, List<CsvMapping> mappings)
    {
        for (var place = 0; place < columns.Count; place++)
        {
            if (mappings.Any(mapping => mapping.Place == place) || ignored.Contains(columns[place])) continue;
            mappings.Add(new CsvMapping([], place, new ValueSpec(columns[place], Values.ValueType.Any), Optional: true));
        }
    }

    private static void ReadMapping(SpecSection item, bool header, IReadOnlyList<string>? columns, List<CsvMapping> mappings)
    {
        var sources = item.Texts("source");
        var optional = item.Truth("optional") ?? false;
        if (sources is null or { Count: 0 })
        {
            item.Problem("source", $"`source` is missing", $"Write `- {{source: temp, target: temperature, type: float}}`.");
            return;
        }

        var value = MappingReader.ReadValue(item, sources[0]);
        item.Finish();
        if (value is not null && Mapping(item, sources, value, header, columns, optional) is { } mapping) mappings.Add(mapping);
    }

    private static CsvMapping? Mapping(SpecSection at, IReadOnlyList<string> sources, ValueSpec value, bool header, IReadOnlyList<string>? columns, bool optional)
    {
        if (header) return new CsvMapping(sources, -1, value, optional);
        foreach (var source in sources)
        {
            var place = columns?.ToList().IndexOf(source) ?? -1;
            if (place >= 0 || MappingReader.TryPlace(source, out place)) return new CsvMapping([], place, value, optional);
        }

        at.Problem("source", $"`{sources[0]}` names no column and there is no header", $"Add `columns: […]` with the names in order, or write the column's place from 0: `source: 0`.");
        return null;
    }

    private static byte ReadDelimiter(SpecSection? conversion)
    {
        var text = conversion?.Text("delimiter");
        switch (text)
        {
            case null:
                return (byte)',';
            case "\\t" or "tab":
                return (byte)'\t';
            case [var single] when char.IsAscii(single) && single is not ('"' or '\n' or '\r' or '.' or '-') && !char.IsAsciiLetterOrDigit(single):
                return (byte)single;
            default:
                conversion!.Problem("delimiter", $"`{text}` cannot stand between columns", $"Use one of `,`, `;`, `|`, or `tab`.");
                return (byte)',';
        }
    }
}
