namespace Garam.Platform.Devices;

/// <summary>
/// The living side of a registered device: one object for its whole life, held by lanes and connections so that a message costs
/// no lookup in SQL. <see cref="Current"/> is swapped when the registration changes; the counters belong to the device's lane.
/// </summary>
public sealed class DeviceEntry
{
    private Device _current;
    private long _lastSeenUs;
    private long _enabledUs;
    private bool _removed;

    public DeviceEntry(Device device) => _current = device;

    /// <summary>The registration as it is now.</summary>
    public Device Current
    {
        get => Volatile.Read(ref _current);
        internal set => Volatile.Write(ref _current, value);
    }

    /// <summary>Receive time of the newest message, Unix microseconds; 0 when none has come since the first start.</summary>
    public long LastSeenUs => Volatile.Read(ref _lastSeenUs);

    /// <summary>When silence begins to count: at the newest message, or when the device was enabled after it. 0 as of <see cref="LastSeenUs"/>.</summary>
    internal long AwaitedSinceUs => LastSeenUs == 0 ? 0 : Math.Max(LastSeenUs, Volatile.Read(ref _enabledUs));

    /// <summary>True once the device has been deleted; a holder looks it up again.</summary>
    public bool Removed
    {
        get => Volatile.Read(ref _removed);
        internal set => Volatile.Write(ref _removed, value);
    }

    internal void Enabled(long nowUs) => Volatile.Write(ref _enabledUs, nowUs);

    /// <summary>Called by the device's lane, or once at start from the newest stored reading.</summary>
    internal void Seen(long receivedUs)
    {
        if (receivedUs > Volatile.Read(ref _lastSeenUs))
            Volatile.Write(ref _lastSeenUs, receivedUs);
    }
}
