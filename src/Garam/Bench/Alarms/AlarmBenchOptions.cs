namespace Garam.Bench.Alarms;

/// <summary>What `bench alarms` does.</summary>
internal sealed record AlarmBenchOptions
{
    /// <summary>Devices that raise nothing and make the load.</summary>
    public int Devices { get; init; } = 500;

    /// <summary>Their messages per second, all together.</summary>
    public double Rate { get; init; } = 5000;

    /// <summary>Alarms raised per second, each by another device.</summary>
    public double AlarmRate { get; init; } = 50;

    /// <summary>Rules beside the one that raises; a third of them windowed.</summary>
    public int Rules { get; init; } = 50;

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the data folder is made.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Alarms that the duration and the rate make.</summary>
    public int Alarms => (int)(AlarmRate * Duration.TotalSeconds);
}
