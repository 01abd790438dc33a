namespace Garam.Platform.Tests;

/// <summary>A clock that moves when the test says so, and whose timers fire then.</summary>
internal sealed class ManualTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private long _ticks = Start.Ticks;

    public static long StartUs => Start.ToUnixTimeMilliseconds() * 1000;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that wait for the clock.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _timers.Count;
        }
    }

    /// <summary>Whether something was given exactly this time and has not ended: a wait or a limit that others do not have.</summary>
    public bool IsWaiting(TimeSpan exactly)
    {
        lock (_lock)
            return _timers.Any(t => t.Set == exactly);
    }

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, also backwards, and runs what has become due.</summary>
    public void Advance(TimeSpan by)
    {
        var now = Interlocked.Add(ref _ticks, by.Ticks);
        List<ManualTimer> due;
        lock (_lock)
            due = [.. _timers.Where(t => t.DueTicks <= now)];
        due.ForEach(t => t.Fire(now));
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public long DueTicks { get; private set; }

        public TimeSpan Set { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                (_period, Set) = (period, dueTime);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                DueTicks = time.GetTimestamp() + dueTime.Ticks;
                time._timers.Add(this);
                return true;
            }
        }

        public void Fire(long now)
        {
            lock (time._lock)
            {
                if (!time._timers.Remove(this))
                    return;
                if (_period > TimeSpan.Zero)
                {
                    DueTicks = now + _period.Ticks;
                    time._timers.Add(this);
                }
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
