using System.Globalization;
using System.Text;

namespace Garam.Platform.Rules.Diff;

/// <summary>What lines two texts do not share, as a unified diff with three lines around each change.</summary>
/// <remarks>
/// The longest common subsequence by its table: a ruleset has some hundred lines. Texts that differ in more than the table's bound are shown as
/// replaced whole between their common beginning and end, which stays right and only says less.
/// </remarks>
internal static class LineDiff
{
    private const int Around = 3;

    /// <summary>Cells of the table: 2,000 by 2,000 differing lines, 16 MB for the length of a call.</summary>
    private const int CellsMax = 4_000_000;

    public static string Unified(string from, string to)
    {
        var lines = Lines(Split(from), Split(to));
        var text = new StringBuilder();
        for (var at = 0; at < lines.Count;)
        {
            if (lines[at].Mark == ' ')
            {
                at++;
                continue;
            }

            var first = Math.Max(at - Around, 0);
            var end = EndOfHunk(lines, at);
            WriteHunk(text, lines, first, end);
            at = end;
        }

        return text.ToString();
    }

    private static int EndOfHunk(List<Line> lines, int at)
    {
        var same = 0;
        var end = at;
        // Changes closer than twice the lines around share a hunk.
        while (end < lines.Count && same <= Around * 2)
            same = lines[end++].Mark == ' ' ? same + 1 : 0;
        return end - Math.Max(same - Around, 0);
    }

    private static void WriteHunk(StringBuilder text, List<Line> lines, int first, int end)
    {
        var hunk = lines.GetRange(first, end - first);
        var before = hunk.Count(l => l.Mark != '+');
        var after = hunk.Count(l => l.Mark != '-');
        text.Append(CultureInfo.InvariantCulture, $"@@ -{hunk[0].From + 1},{before} +{hunk[0].To + 1},{after} @@\n");
        foreach (var line in hunk)
            text.Append(line.Mark).Append(line.Text).Append('\n');
    }

    private static List<Line> Lines(string[] from, string[] to)
    {
        var start = 0;
        while (start < from.Length && start < to.Length && from[start] == to[start])
            start++;
        var tail = 0;
        while (tail < from.Length - start && tail < to.Length - start && from[^(tail + 1)] == to[^(tail + 1)])
            tail++;
        var lines = new List<Line>(from.Length + to.Length);
        for (var i = 0; i < start; i++)
            lines.Add(new Line(' ', from[i], i, i));
        AddMiddle(lines, from.AsSpan(start, from.Length - start - tail), to.AsSpan(start, to.Length - start - tail), start);
        for (var i = tail; i > 0; i--)
            lines.Add(new Line(' ', from[^i], from.Length - i, to.Length - i));
        return lines;
    }

    private static void AddMiddle(List<Line> lines, ReadOnlySpan<string> from, ReadOnlySpan<string> to, int start)
    {
        var width = to.Length + 1;
        // common[i, j]: lines that from[i..] and to[j..] share in order.
        var common = (long)(from.Length + 1) * width <= CellsMax ? new int[(from.Length + 1) * width] : null;
        for (var i = from.Length - 1; common is not null && i >= 0; i--)
        {
            for (var j = to.Length - 1; j >= 0; j--)
                common[(i * width) + j] = from[i] == to[j] ? common[((i + 1) * width) + j + 1] + 1 : Math.Max(common[((i + 1) * width) + j], common[(i * width) + j + 1]);
        }

        int a = 0, b = 0;
        while (a < from.Length || b < to.Length)
        {
            if (common is not null && a < from.Length && b < to.Length && from[a] == to[b])
                lines.Add(new Line(' ', from[a], start + a++, start + b++));
            else if (a < from.Length && (common is null || b == to.Length || common[((a + 1) * width) + b] >= common[(a * width) + b + 1]))
                lines.Add(new Line('-', from[a], start + a++, start + b));
            else
                lines.Add(new Line('+', to[b], start + a, start + b++));
        }
    }

    private static string[] Split(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    /// <param name="Mark"><c>' '</c> in both, <c>-</c> only before, <c>+</c> only after.</param>
    /// <param name="From">Lines of the former text before this one.</param>
    /// <param name="To">Lines of the latter text before this one.</param>
    private readonly record struct Line(char Mark, string Text, int From, int To);
}
