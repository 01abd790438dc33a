namespace Garam.Platform.Devices;

/// <summary>Whether a device speaks as often as it should.</summary>
public static class DeviceStatus
{
    public const string Online = "online";
    public const string Stale = "stale";
    public const string Offline = "offline";
    public const string Never = "never";

    /// <summary>A person has disabled it: whether it speaks is not asked.</summary>
    public const string Disabled = "disabled";

    /// <summary>Without an expected period a device counts as silent after this long.</summary>
    public const long DefaultPeriodMs = 60_000;

    /// <summary>Three missed periods: one lost message or a slow line is no reason to worry anybody.</summary>
    private const int StalePeriods = 3;
    private const int OfflinePeriods = 10;

    public static readonly IReadOnlyList<string> All = [Online, Stale, Offline, Never, Disabled];

    /// <summary>The status at <paramref name="nowUs"/> of a device last heard at <paramref name="lastSeenUs"/>.</summary>
    public static string At(long nowUs, long lastSeenUs, long? expectedPeriodMs)
    {
        if (lastSeenUs == 0)
            return Never;
        var silentMs = (nowUs - lastSeenUs) / 1000;
        var periodMs = Math.Max(expectedPeriodMs ?? DefaultPeriodMs, 1_000);
        if (silentMs <= StalePeriods * periodMs)
            return Online;
        return silentMs <= OfflinePeriods * periodMs ? Stale : Offline;
    }
}
