namespace Garam.Bench.Output;

/// <summary>What a benchmark shows: one table, and below it the sentences that say what it means.</summary>
internal sealed record BenchTable(string Title, IReadOnlyList<string> Columns)
{
    public List<IReadOnlyList<string>> Rows { get; } = [];

    public List<string> Notes { get; } = [];

    public void Add(params string[] cells) => Rows.Add(cells);
}
