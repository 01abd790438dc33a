namespace Garam.Bench.Crash;

/// <summary>One kill and what was found after it.</summary>
internal sealed record CrashRound
{
    public required int Round { get; init; }

    public required long Sent { get; init; }

    public required long Acknowledged { get; init; }

    /// <summary>Messages of this round found, acknowledged or not.</summary>
    public required long Found { get; init; }

    /// <summary>Acknowledged messages that are not there.</summary>
    public required long Missing { get; init; }

    /// <summary>Messages that are there twice, or that nobody sent, or with another value.</summary>
    public required long Wrong { get; init; }

    public required double ReadyMs { get; init; }

    /// <summary>From ready until everything in the log is stored.</summary>
    public required double CaughtUpMs { get; init; }

    public bool IsRight => Missing == 0 && Wrong == 0;
}
