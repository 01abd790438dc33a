namespace Garam.Architecture;

/// <summary>One row of the table of rooms in docs/architecture.md: a project and the rooms it may refer to.</summary>
internal sealed record Room(string Name, IReadOnlyList<string> MayReference)
{
    public const string Document = "docs/architecture.md";

    /// <summary>The rooms in the document's order: a reference may only point to an earlier row.</summary>
    public static IReadOnlyList<Room> All { get; } = [.. Rows()];

    private static IEnumerable<Room> Rows()
    {
        var above = new List<string>();
        foreach (var line in Repository.Lines(Document).Where(line => line.StartsWith("| `Garam", StringComparison.Ordinal)))
        {
            var cells = line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);
            var name = cells[0].Trim('`');
            IReadOnlyList<string> allowed = cells[^1] switch
            {
                "nothing" => [],
                "everything above" => [.. above],
                var list => [.. list.Split(',', StringSplitOptions.TrimEntries).Select(item => item.Trim('`'))],
            };
            above.Add(name);
            yield return new Room(name, allowed);
        }
    }
}
