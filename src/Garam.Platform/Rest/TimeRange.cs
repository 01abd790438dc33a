namespace Garam.Platform.Rest;

/// <summary>The time from <c>from</c> up to <c>to</c>, exclusive, in Unix microseconds.</summary>
public readonly record struct TimeRange(long FromUs, long ToUs)
{
    /// <summary>Reads the parameters <c>from</c> (absent: an hour ago) and <c>to</c> (absent: now).</summary>
    /// <param name="problem">What is wrong, for a person; empty when the answer is true.</param>
    public static bool TryRead(string? from, string? to, DateTimeOffset now, out TimeRange range, out string problem)
    {
        range = default;
        problem = "";
        if (!TimeParameter.TryParse(from ?? "-1h", now, out var fromUs))
            problem = $"from: '{from}' is no time. Write 2026-03-01T10:00:00Z, or -1h.";
        else if (!TimeParameter.TryParse(to ?? "now", now, out var toUs))
            problem = $"to: '{to}' is no time. Write 2026-03-01T10:00:00Z, or now.";
        else if (fromUs >= toUs)
            problem = "from must lie before to.";
        else
            range = new TimeRange(fromUs, toUs);
        return problem.Length == 0;
    }
}
