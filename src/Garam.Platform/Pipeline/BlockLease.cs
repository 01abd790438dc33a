using Garam.Log;

namespace Garam.Platform.Pipeline;

/// <summary>
/// A block of log records on its way through the lanes. The dispatcher fills it and says which record belongs to which lane; the last lane
/// that is done with it hands it back.
/// </summary>
internal sealed class BlockLease
{
    private readonly int[][] _records;
    private readonly int[] _counts;
    private readonly Action<BlockLease> _returned;
    private int _holders;

    public BlockLease(LogBlock block, int lanes, Action<BlockLease> returned)
    {
        Block = block;
        _records = [.. Enumerable.Range(0, lanes).Select(_ => new int[64])];
        _counts = new int[lanes];
        _returned = returned;
    }

    public LogBlock Block { get; }

    /// <summary>Indices of the lane's records, in log order.</summary>
    public ReadOnlySpan<int> RecordsOf(int lane) => _records[lane].AsSpan(0, _counts[lane]);

    public void Clear() => Array.Clear(_counts);

    public void Assign(int lane, int record)
    {
        ref var records = ref _records[lane];
        ref var count = ref _counts[lane];
        if (count == records.Length)
            Array.Resize(ref records, records.Length * 2);
        records[count++] = record;
    }

    /// <summary>Sets how many lanes must release it; called before it is handed to any.</summary>
    public void Hold(int holders) => _holders = holders;

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            _returned(this);
    }
}
