using Garam.Decoding.Values;

namespace Garam.Decoding.Csv;

/// <summary>A column and what becomes of it.</summary>
/// <param name="Columns">The column's possible names; empty when it is found by place.</param>
/// <param name="Place">The column's place from 0; -1 when it is found by name.</param>
/// <param name="Value">What becomes of it.</param>
/// <param name="Optional">Whether a header may lack it.</param>
internal sealed record CsvMapping(IReadOnlyList<string> Columns, int Place, ValueSpec Value, bool Optional);
