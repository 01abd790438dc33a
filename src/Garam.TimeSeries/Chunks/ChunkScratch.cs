namespace Garam.TimeSeries.Chunks;

/// <summary>Working memory of one decoding thread, at most <see cref="Chunk.RowsMax"/> rows.</summary>
internal sealed class ChunkScratch
{
    [ThreadStatic]
    private static ChunkScratch? current;

    public static ChunkScratch Current => current ??= new ChunkScratch();

    public long[] Times { get; private set; } = [];

    public long[] Whole { get; private set; } = [];

    public double[] Cells { get; private set; } = [];

    public bool[] Suspects { get; private set; } = [];

    public bool[] Present { get; private set; } = [];

    public void Ensure(int rows)
    {
        if (rows <= Times.Length) return;
        var size = Math.Max(rows, Chunk.ClosedRows);
        Times = new long[size];
        Whole = new long[size];
        Cells = new double[size];
        Suspects = new bool[size];
        Present = new bool[size];
    }
}
