using Garam.Expressions;

namespace Garam.Decoding.Specs;

/// <summary>Finds what a person probably meant.</summary>
internal static class Spelling
{
    private const int LengthMax = 64;

    /// <summary>The candidate nearest to a word, or null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length == 0) return null;
        string? best = null;
        var bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > LengthMax || word.Length > LengthMax) continue;
            var distance = candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(word, candidate);

            // Of two equally near ones the one with the same first letter: people get that right.
            var better = distance < bestDistance || (distance == bestDistance && best is not null && best[0] != word[0] && candidate[0] == word[0]);
            if (!better) continue;
            bestDistance = distance;
            best = candidate;
        }

        return best;
    }

    /// <summary>"Did you mean `x`?", or the list of what is possible.</summary>
    public static Phrase Remedy(string word, IReadOnlyCollection<string> candidates) =>
        Nearest(word, candidates) is { } near ? (Phrase)$"Did you mean `{near}`?" : $"Use one of: {string.Join(", ", candidates)}.";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
