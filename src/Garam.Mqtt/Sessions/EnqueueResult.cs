namespace Garam.Mqtt.Sessions;

/// <summary>What became of a message offered to a session.</summary>
internal enum EnqueueResult
{
    /// <summary>Not taken: queue full, or QoS 0 for a session without connection.</summary>
    Dropped,

    /// <summary>Waits; somebody else will pump, or nobody is connected.</summary>
    Queued,

    /// <summary>Waits; the caller must pump at the end of its batch.</summary>
    PumpLater,

    /// <summary>Waits, and enough has gathered to pump at once.</summary>
    PumpNow,
}
