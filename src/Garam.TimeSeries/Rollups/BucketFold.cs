namespace Garam.TimeSeries.Rollups;

/// <summary>Adds samples, or buckets, of one interval in time order.</summary>
internal struct BucketFold
{
    private long count;
    private ExactSum sum;
    private double min;
    private double max;
    private double first;
    private double last;

    public readonly bool IsEmpty => count == 0;

    public readonly Bucket Bucket => new(count, sum.Value, min, max, first, last);

    public void Add(double sample) => Add(1, sample, sample, sample, sample, sample);

    public void Add(in Bucket bucket)
    {
        if (bucket.Count > 0) Add(bucket.Count, bucket.Sum, bucket.Min, bucket.Max, bucket.First, bucket.Last);
    }

    private void Add(long addedCount, double addedSum, double addedMin, double addedMax, double addedFirst, double addedLast)
    {
        if (count == 0)
        {
            first = addedFirst;
            min = addedMin;
            max = addedMax;
        }
        else
        {
            min = Bucket.Least(min, addedMin);
            max = Bucket.Greatest(max, addedMax);
        }

        last = addedLast;
        count += addedCount;
        sum.Add(addedSum);
    }
}
