namespace Garam.Mqtt.Sessions;

/// <summary>
/// What has changed in a session since the journal last wrote it. Only what outlives one flush interval is ever written: a message
/// that is enqueued and acknowledged in between leaves no trace. Guarded by the session's lock.
/// </summary>
internal sealed class SessionJournalState
{
    /// <summary>Something may have to be written.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Expiry, subscriptions or connectedness changed: the head record is written anew.</summary>
    public bool IsHeadDirty { get; set; }

    /// <summary>The set of received QoS 2 identifiers changed.</summary>
    public bool IsInboundDirty { get; set; }

    /// <summary>
    /// Names this session in the journal: a client identifier may come again for another session, an incarnation never.
    /// Zero: not yet named.
    /// </summary>
    public long Incarnation { get; set; }

    /// <summary>The journal holds a head record of this session.</summary>
    public bool IsKnown { get; set; }

    /// <summary>Journalled messages that are done.</summary>
    public List<long> Done { get; } = [];

    public void Finished(in Delivery delivery)
    {
        if (!delivery.IsJournaled)
            return;
        Done.Add(delivery.Sequence);
        IsDirty = true;
    }
}
