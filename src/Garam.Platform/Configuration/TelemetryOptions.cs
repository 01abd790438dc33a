namespace Garam.Platform.Configuration;

/// <summary>How long readings and their rollups are kept, in days.</summary>
public sealed record TelemetryOptions
{
    public int RetainRawDays { get; set; } = 90;

    public int RetainMinutesDays { get; set; } = 400;

    public int RetainHoursDays { get; set; } = 3_650;
}
