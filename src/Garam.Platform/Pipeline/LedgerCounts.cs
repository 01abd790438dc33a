namespace Garam.Platform.Pipeline;

/// <summary>Messages by state. The sum is what has been processed.</summary>
public readonly record struct LedgerCounts(long Stored, long Filtered, long Duplicate, long Dead)
{
    public long Processed => Stored + Filtered + Duplicate + Dead;

    public static LedgerCounts operator +(LedgerCounts a, LedgerCounts b) =>
        new(a.Stored + b.Stored, a.Filtered + b.Filtered, a.Duplicate + b.Duplicate, a.Dead + b.Dead);

    public static LedgerCounts operator -(LedgerCounts a, LedgerCounts b) =>
        new(a.Stored - b.Stored, a.Filtered - b.Filtered, a.Duplicate - b.Duplicate, a.Dead - b.Dead);

    public LedgerCounts Count(MessageState state, long messages) => state switch
    {
        MessageState.Stored => this with { Stored = Stored + messages },
        MessageState.Filtered => this with { Filtered = Filtered + messages },
        MessageState.Duplicate => this with { Duplicate = Duplicate + messages },
        _ => this with { Dead = Dead + messages },
    };
}
