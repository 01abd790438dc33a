namespace Garam.Platform.Replay;

/// <summary>What the replayed messages say of one instant of a device. A later message's value replaces an earlier one's, as it does live.</summary>
internal sealed class DraftInstant
{
    public Dictionary<string, DraftSample> Samples { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>Messages with a reading of this instant, in log order.</summary>
    public List<DraftMessage> Messages { get; } = [];
}
