using Garam.Decoding.Specs;

namespace Garam.Decoding.Csv;

/// <summary>How CSV rows become readings.</summary>
/// <param name="Delimiter">The byte between columns.</param>
/// <param name="Header">Whether a header line names the columns.</param>
/// <param name="Mappings">The columns that are wanted.</param>
/// <param name="Ignored">Columns that an open file must not make metrics of.</param>
/// <param name="Open">Whether every column not mapped becomes a metric under its own name.</param>
internal sealed record CsvSpec(
    byte Delimiter, bool Header, IReadOnlyList<CsvMapping> Mappings, IReadOnlyList<string> Ignored, bool Open) : LayoutSpec;
