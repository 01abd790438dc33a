namespace Garam.EndToEnd;

/// <summary>The totals of <c>/api/v1/ledger</c>.</summary>
internal sealed record LedgerView(long Received, long Stored, long Filtered, long Duplicate, long Dead, long InFlight, long Remainder, long Committed)
{
    public bool IsSettled => InFlight == 0;

    /// <summary>Received = stored + filtered + duplicate + dead, with nothing in flight and no remainder.</summary>
    public void ShouldAddUp()
    {
        (Stored + Filtered + Duplicate + Dead + InFlight).ShouldBe(Received, ToString());
        InFlight.ShouldBe(0, ToString());
        Remainder.ShouldBe(0, ToString());
    }
}
