using System.Buffers;
using Garam.TimeSeries.Rollups;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Queries;

/// <summary>Answers queries: chooses the source, folds to the step, computes the aggregates, thins the result.</summary>
internal sealed class QueryEngine(ReaderPool readers, DamageLog damage)
{
    /// <summary>Samples one query may read, 68 MB of them: 46 days at one a second. A longer range is asked for in parts, or with a step.</summary>
    public const int SamplesMax = 4_000_000;

    /// <summary>Raw samples read for each point wanted before an automatic step goes to rollups: thinning them costs less than it shows.</summary>
    private const int RawSamplesPerPoint = 4;

    private static readonly long[] RoundStepsUs =
    [
        .. new long[] { 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200, 525_600 }.Select(minutes => minutes * UtcTime.MinuteUs),
    ];

    public QueryResult Run(SeriesGroup group, SeriesQuery query)
    {
        var from = Math.Clamp(query.FromUs, UtcTime.MinUs, UtcTime.MaxUs);
        var to = Math.Clamp(query.ToUs, from, UtcTime.MaxUs + 1);
        var step = query.Step.IsAuto ? Choose(group, query, from, to) : query.Step.Us;
        var readFrom = step == 0 ? from : UtcTime.Floor(from, step);
        var readTo = step == 0 ? to : UtcTime.Floor(to - 1, step) + step;
        if (from >= to || HeadView.Take(group, query.Series, readFrom, readTo) is not { } head) return new QueryResult(step, 0);

        using var lease = readers.Rent();
        var reader = new SeriesReader(lease.Reader, head, damage, SamplesMax);
        lease.Reader.BeginSnapshot();
        QueryResult result;
        try
        {
            reader.Begin();
            result = step == 0
                ? Samples(reader.Samples(from, to))
                : Intervals(Fold(reader, step, readFrom, readTo), step, query.Aggregates);
            result.IsTruncated = reader.IsTruncated;
        }
        finally
        {
            lease.Reader.EndSnapshot();
        }

        Thin(result, query);
        return result;
    }

    private static BucketColumn Fold(SeriesReader reader, long step, long from, long to)
    {
        if (RollupLevels.Dividing(step) is not { } level) return BucketColumn.FromSamples(reader.Samples(from, to), step);
        var buckets = reader.Buckets(level, from, to);
        return level.WidthUs() == step ? buckets : buckets.Coarsen(step);
    }

    private static QueryResult Samples(SampleColumn samples)
    {
        var result = new QueryResult(0, samples.Count) { Count = samples.Count };
        samples.Times.CopyTo(result.WritableTimes);
        samples.Values.CopyTo(result.Writable(0));
        if (samples.AnySuspect) samples.Suspects.CopyTo(result.WritableSuspects);
        return result;
    }

    private static QueryResult Intervals(BucketColumn buckets, long step, Aggregates aggregates)
    {
        var result = new QueryResult(step, buckets.Count) { Count = buckets.Count };
        for (var i = 0; i < buckets.Count; i++) result.WritableTimes[i] = buckets.Start(i);
        var first = true;
        foreach (var aggregate in Enum.GetValues<Aggregates>())
        {
            if ((aggregates & aggregate) == 0) continue;
            var column = result.Writable(QueryResult.Index(aggregate));
            for (var i = 0; i < buckets.Count; i++) column[i] = Value(buckets[i], aggregate);
            if (first) column.CopyTo(result.Writable(0));
            first = false;
        }

        return result;
    }

    private static double Value(in Bucket bucket, Aggregates aggregate) => aggregate switch
    {
        Aggregates.Average => bucket.Sum / bucket.Count,
        Aggregates.Min => bucket.Min,
        Aggregates.Max => bucket.Max,
        Aggregates.Count => bucket.Count,
        Aggregates.Sum => bucket.Sum,
        Aggregates.First => bucket.First,
        _ => bucket.Last,
    };

    private static void Thin(QueryResult result, SeriesQuery query)
    {
        var wanted = Math.Max(3, query.PointsMax);
        if (query.PointsMax <= 0 || query.Reduction == Reduction.None || result.Count <= wanted) return;
        var kept = ArrayPool<int>.Shared.Rent(wanted);
        var count = wanted;
        if (query.Reduction == Reduction.Lttb) Lttb.Select(result.Times, result.Values, kept.AsSpan(0, wanted));
        else count = MinMax.Select(Or(result[Aggregates.Min], result.Values), Or(result[Aggregates.Max], result.Values), kept.AsSpan(0, wanted));
        result.Keep(kept.AsSpan(0, count));
        ArrayPool<int>.Shared.Return(kept);
    }

    private static ReadOnlySpan<double> Or(ReadOnlySpan<double> column, ReadOnlySpan<double> otherwise) => column.IsEmpty ? otherwise : column;

    private long Choose(SeriesGroup group, SeriesQuery query, long from, long to)
    {
        var points = query.PointsMax > 0 ? query.PointsMax : 1_000;
        if (HeadView.Take(group, query.Series, from, from) is not { } head) return 0;
        using var lease = readers.Rent();
        if (lease.Reader.RowsBetween(head.Track.Id, from, to) <= (long)points * RawSamplesPerPoint) return 0;
        foreach (var step in RoundStepsUs)
            if ((to - from) / step <= points) return step;
        return RoundStepsUs[^1];
    }
}
