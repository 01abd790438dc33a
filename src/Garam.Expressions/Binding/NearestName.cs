namespace Garam.Expressions.Binding;

/// <summary>Finds what a person probably meant.</summary>
internal static class NearestName
{
    /// <summary>Longer names are compared by their first characters only, so that the cost stays small.</summary>
    private const int LengthMax = 64;

    /// <summary>
    /// The candidate with the fewest typing errors, ignoring case, or one that the name shortens (`pcb_temp` for
    /// `pcb_temperature`); null when none is near.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate);
            if (distance >= bestDistance)
                continue;
            best = candidate;
            bestDistance = distance;
        }

        return bestDistance <= Math.Max(1, name.Length / 3) ? best : null;
    }

    private static int Distance(string name, string candidate)
    {
        if (name.Length >= 3 && candidate.Contains(name, StringComparison.OrdinalIgnoreCase))
            return 1;
        if (candidate.Length >= 3 && name.Contains(candidate, StringComparison.OrdinalIgnoreCase))
            return Math.Max(1, name.Length / 3);
        return Levenshtein(name.AsSpan(0, Math.Min(name.Length, LengthMax)), candidate.AsSpan(0, Math.Min(candidate.Length, LengthMax)));
    }

    private static int Levenshtein(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> row = stackalloc int[LengthMax + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitute = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
