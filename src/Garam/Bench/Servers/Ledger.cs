namespace Garam.Bench.Servers;

/// <summary>The conservation ledger in messages: received = stored + filtered + duplicate + dead + in flight.</summary>
internal sealed record Ledger(long Received, long Stored, long Filtered, long Duplicate, long Dead, long InFlight)
{
    public bool IsBalanced => Received == Stored + Filtered + Duplicate + Dead + InFlight;
}
