using Garam.TimeSeries.Rollups;

namespace Garam.TimeSeries.Queries;

/// <summary>Buckets of one series in ascending time, none of them empty.</summary>
internal sealed class BucketColumn
{
    private readonly List<long> starts = [];
    private readonly List<Bucket> buckets = [];
    private Bucket[] scratch = [];

    public int Count => starts.Count;

    public Bucket this[int at] => buckets[at];

    public long Start(int at) => starts[at];

    public Span<Bucket> Scratch(int count)
    {
        if (scratch.Length < count) scratch = new Bucket[count];
        return scratch.AsSpan(0, count);
    }

    public void Add(long start, in Bucket bucket)
    {
        starts.Add(start);
        buckets.Add(bucket);
    }

    /// <summary>Replaces or inserts one bucket.</summary>
    public void Put(long start, in Bucket bucket)
    {
        var at = starts.BinarySearch(start);
        if (at >= 0)
        {
            buckets[at] = bucket;
            return;
        }

        starts.Insert(~at, start);
        buckets.Insert(~at, bucket);
    }

    /// <summary>Leaves out the bucket that starts here, if there is one.</summary>
    public void Remove(long start)
    {
        var at = starts.BinarySearch(start);
        if (at < 0) return;
        starts.RemoveAt(at);
        buckets.RemoveAt(at);
    }

    /// <summary>Takes in buckets in among those here; answers the starts that both have, where nothing is changed.</summary>
    public List<long> Include(BucketColumn other)
    {
        var shared = new List<long>();
        if (other.Count == 0) return shared;
        var ownStarts = starts.ToArray();
        var ownBuckets = buckets.ToArray();
        starts.Clear();
        buckets.Clear();
        int i = 0, j = 0;
        while (i < ownStarts.Length || j < other.Count)
        {
            if (j == other.Count || (i < ownStarts.Length && ownStarts[i] <= other.starts[j]))
            {
                if (j < other.Count && ownStarts[i] == other.starts[j]) shared.Add(other.starts[j++]);
                Add(ownStarts[i], ownBuckets[i]);
                i++;
                continue;
            }

            Add(other.starts[j], other.buckets[j]);
            j++;
        }

        return shared;
    }

    /// <summary>Continues the bucket that starts here with the one of another.</summary>
    public void Continue(long start, BucketColumn newer)
    {
        var fold = default(BucketFold);
        fold.Add(buckets[starts.BinarySearch(start)]);
        fold.Add(newer.buckets[newer.starts.BinarySearch(start)]);
        buckets[starts.BinarySearch(start)] = fold.Bucket;
    }

    /// <summary>Adds newer buckets; the first may continue the last one here.</summary>
    public void Continue(BucketColumn newer)
    {
        for (var i = 0; i < newer.Count; i++)
        {
            if (Count == 0 || starts[^1] != newer.starts[i])
            {
                Add(newer.starts[i], newer.buckets[i]);
                continue;
            }

            var fold = default(BucketFold);
            fold.Add(buckets[^1]);
            fold.Add(newer.buckets[i]);
            buckets[^1] = fold.Bucket;
        }
    }

    public static BucketColumn FromSamples(SampleColumn samples, long widthUs)
    {
        var result = new BucketColumn();
        var times = samples.Times;
        var values = samples.Values;
        for (var i = 0; i < times.Length;)
        {
            var start = UtcTime.Floor(times[i], widthUs);
            var fold = default(BucketFold);
            for (; i < times.Length && times[i] - start < widthUs; i++) fold.Add(values[i]);
            result.Add(start, fold.Bucket);
        }

        return result;
    }

    public BucketColumn Coarsen(long widthUs)
    {
        var result = new BucketColumn();
        for (var i = 0; i < Count;)
        {
            var start = UtcTime.Floor(starts[i], widthUs);
            var fold = default(BucketFold);
            for (; i < Count && starts[i] - start < widthUs; i++) fold.Add(buckets[i]);
            result.Add(start, fold.Bucket);
        }

        return result;
    }
}
