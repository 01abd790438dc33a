using System.Runtime.CompilerServices;

namespace Garam.Expressions.Windows;

/// <summary>
/// A window as a ring of buckets on fixed boundaries of time.
/// <list type="bullet">
/// <item>The window of n buckets has n + 1 places; bucket b covers [b·width, (b+1)·width) and sits at b mod (n + 1).</item>
/// <item>A bucket counts while its middle is inside the window, so the samples of the oldest bucket expire together, at most
/// half a width early or late. This is the whole error of a window: half of 1/n of its duration, at its old end.</item>
/// <item>All buckets but the newest change only when time moves on by a width or a late sample comes; their sum is cached, so
/// a read costs one merge, and n merges once a width.</item>
/// <item>The ring holds only what left the tail; a tail that covers the window answers alone.</item>
/// </list>
/// </summary>
internal abstract class BucketTracker<TBucket> : Tracker
    where TBucket : struct, IBucket<TBucket>
{
    private readonly long _widthUs;
    private TBucket[]? _buckets;
    private long _newest;
    private int _newestPlace;
    private TBucket _older;
    private long _olderFrom;
    private bool _olderIsKnown;
    private long _oldest;
    private long _oldestFromUs = long.MaxValue;

    protected BucketTracker(long durationUs)
        : base(durationUs) => _widthUs = (durationUs + TBucket.PerWindow - 1) / TBucket.PerWindow;

    /// <summary>The ring when it is used, the cached sum, and this object.</summary>
    public override int EstimatedBytes =>
        (_buckets is null ? 0 : 24 + (_buckets.Length * Unsafe.SizeOf<TBucket>())) + (2 * Unsafe.SizeOf<TBucket>()) + 88;

    /// <summary>The newest bucket that time has pushed out of the ring; empty before there is one.</summary>
    protected TBucket Dropped { get; private set; } = TBucket.Empty;

    protected bool HasBuckets => _buckets is not null;

    /// <summary>Number of the newest bucket of the ring.</summary>
    protected long Newest => _newest;

    public override void PushedOut(long timeUs, double value)
    {
        if (_buckets is null)
        {
            _buckets = new TBucket[TBucket.PerWindow + 1];
            Array.Fill(_buckets, TBucket.Empty);
            MoveTo(BucketOf(timeUs));
        }

        // Nearly always the newest bucket: no division then.
        var sinceNewest = timeUs - (_newest * _widthUs);
        if (sinceNewest >= _widthUs)
            Advance(BucketOf(timeUs));
        if (sinceNewest >= 0)
            _buckets[_newestPlace].Add(timeUs, value);
        else
            AddLate(timeUs, value);
    }

    protected bool TryBucket(long bucket, out TBucket content)
    {
        content = TBucket.Empty;
        if (_buckets is null || bucket > _newest || bucket <= _newest - _buckets.Length)
            return false;
        content = _buckets[PlaceOf(bucket)];
        return true;
    }

    protected long BucketOf(long timeUs) => FloorDivide(timeUs, _widthUs);

    /// <summary>The first bucket whose middle is inside. It stays the same for a width, so the division is seldom needed.</summary>
    private long OldestInside(long nowUs)
    {
        var middleUs = nowUs - DurationUs + (_widthUs / 2);
        if (middleUs < _oldestFromUs || middleUs - _oldestFromUs >= _widthUs)
        {
            _oldest = FloorDivide(middleUs, _widthUs);
            _oldestFromUs = _oldest * _widthUs;
        }

        return _oldest;
    }

    /// <summary>The sum of all buckets inside the window.</summary>
    protected TBucket Merged(long nowUs)
    {
        var oldest = OldestInside(nowUs);
        if (_buckets is null || oldest > _newest)
            return TBucket.Empty;
        oldest = Math.Max(oldest, _newest - _buckets.Length + 1);
        if (!_olderIsKnown || _olderFrom != oldest)
            MergeOlder(oldest);
        var sum = _older;
        sum.Merge(in _buckets[_newestPlace]);
        return sum;
    }

    private static long FloorDivide(long value, long divisor)
    {
        var quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }

    private void MergeOlder(long oldest)
    {
        var count = (int)(_newest - oldest);
        var place = PlaceOf(oldest);
        var first = Math.Min(count, _buckets!.Length - place);
        _older = TBucket.Total(_buckets.AsSpan(place, first), _buckets.AsSpan(0, count - first));
        _olderFrom = oldest;
        _olderIsKnown = true;
    }

    private void Advance(long bucket)
    {
        var cleared = Math.Min(bucket - _newest, _buckets!.Length);
        for (var i = 0; i < cleared; i++)
        {
            // In order of time, so that what is remembered as dropped is the newest of them.
            ref var place = ref _buckets[PlaceOf(_newest + 1 + i)];
            if (!place.Equals(TBucket.Empty))
                Dropped = place;
            place = TBucket.Empty;
        }

        MoveTo(bucket);
        _olderIsKnown = false;
    }

    private void AddLate(long timeUs, double value)
    {
        var bucket = BucketOf(timeUs);
        if (bucket <= _newest - _buckets!.Length)
            return;
        _buckets[PlaceOf(bucket)].Add(timeUs, value);
        _olderIsKnown = false;
    }

    private void MoveTo(long bucket)
    {
        _newest = bucket;
        _newestPlace = PlaceOf(bucket);
    }

    private int PlaceOf(long bucket)
    {
        var place = (int)(bucket % _buckets!.Length);
        return place < 0 ? place + _buckets.Length : place;
    }
}
