using Garam.Platform.Pipeline;

namespace Garam.Platform.Replay;

/// <summary>A message decoded again.</summary>
internal sealed class DraftMessage(long position, long receivedUs)
{
    public long Position { get; } = position;

    public long ReceivedUs { get; } = receivedUs;

    /// <summary>Why it is a dead letter now, or that it is filtered; null when its readings decide.</summary>
    public FlowResult? Verdict { get; set; }

    /// <summary>The raw record and its channel, kept when it is a dead letter.</summary>
    public byte[] Record { get; set; } = [];

    /// <summary>Readings that say something of their own; none makes the message a duplicate.</summary>
    public int Readings { get; set; }

    /// <summary>Whether a later message has taken its place at an instant: it was stored, though it left no trace.</summary>
    public bool IsOvertaken { get; set; }

    /// <summary>Whether it changes anything in the store.</summary>
    public bool IsChange { get; set; }

    public MessageState State => Verdict?.State ?? (Readings > 0 ? MessageState.Stored : MessageState.Duplicate);
}
