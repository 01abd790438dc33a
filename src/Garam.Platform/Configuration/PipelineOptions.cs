namespace Garam.Platform.Configuration;

/// <summary>The way from the log to the store.</summary>
public sealed record PipelineOptions
{
    /// <summary>0 takes one lane a core.</summary>
    public int Lanes { get; set; }

    /// <summary>Messages logged but not yet stored at which producers are slowed: about two seconds of work.</summary>
    public int LagMax { get; set; } = 500_000;

    /// <summary>A checkpoint at the latest after so many messages: bounds what a restart replays.</summary>
    public int CheckpointMessages { get; set; } = 1_000_000;

    /// <summary>A checkpoint at the latest after so many seconds with new readings.</summary>
    public int CheckpointSeconds { get; set; } = 15;

    /// <summary>A device time further back than this is not believed.</summary>
    public int PastDays { get; set; } = 400;

    /// <summary>A device time further ahead than this is not believed.</summary>
    public int FutureMinutes { get; set; } = 60;
}
