namespace Garam.TimeSeries.Rollups;

/// <summary>Working memory of one thread that decodes rollups.</summary>
internal sealed class RollupScratch
{
    [ThreadStatic]
    private static RollupScratch? current;

    public static RollupScratch Current => current ??= new RollupScratch();

    public long[] Starts { get; } = new long[RollupChunk.BucketsReadMax];

    public long[] Counts { get; } = new long[RollupChunk.BucketsReadMax];

    public long[] Whole { get; } = new long[RollupChunk.BucketsReadMax];

    public long[] WholeFirst { get; } = new long[RollupChunk.BucketsReadMax];

    public long[] WholeLast { get; } = new long[RollupChunk.BucketsReadMax];

    public double[] First { get; } = new double[RollupChunk.BucketsReadMax];

    public double[] Last { get; } = new double[RollupChunk.BucketsReadMax];

    public double[] Min { get; } = new double[RollupChunk.BucketsReadMax];

    public double[] Max { get; } = new double[RollupChunk.BucketsReadMax];

    public double[] Sum { get; } = new double[RollupChunk.BucketsReadMax];

    public Bucket[] Buckets { get; } = new Bucket[RollupChunk.BucketsReadMax];

    public Bucket Bucket(long count, int at) => new(count, Sum[at], Min[at], Max[at], First[at], Last[at]);
}
