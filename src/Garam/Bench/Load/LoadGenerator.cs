using System.Diagnostics;

namespace Garam.Bench.Load;

/// <summary>
/// Publishes QoS 1 messages as fast as they are acknowledged, or on a fixed timetable, from one thread.
/// <list type="number">
/// <item>One loop waits on all sockets, reads acknowledgements and answers them with new messages in one send, so that the
/// generator takes as little as possible of the machine it shares with the server under test.</item>
/// <item>Closed loop: a connection is refilled when a quarter of its window is free, never per message, and between turns the
/// generator sleeps while the windows still hold work enough (<see cref="RefillPause"/>).</item>
/// <item>Timetable: message k is due at start + k / rate on connection k mod n, and its latency counts from there whether
/// or not it could be sent, so that a stall is not hidden by the messages it prevented (no coordinated omission).</item>
/// <item>Warm-up, measurement and drain are one uninterrupted stream; the last message's acknowledgement ends the clock.</item>
/// </list>
/// </summary>
internal sealed class LoadGenerator : IDisposable
{
    private const int SendBytesMax = 64 * 1024;

    private readonly LoadOptions _options;
    private readonly LoadConnection[] _connections;
    private readonly LoadProgress _progress;
    private readonly PollSet _poll;
    private readonly byte[] _send;
    private readonly byte[] _receive = new byte[64 * 1024];
    private readonly int _refillAt;
    private readonly RefillPause _pause;

    private double[] _watchedAtStart = [];
    private double _ownAtStart;
    private double _ownAtEnd;
    private double[] _watchedAtEnd = [];

    private LoadGenerator(LoadOptions options)
    {
        _options = options;
        _connections = new LoadConnection[Math.Min(options.Connections, options.Devices)];
        for (var i = 0; i < _connections.Length; i++)
        {
            var first = (int)((long)options.Devices * i / _connections.Length);
            var next = (int)((long)options.Devices * (i + 1) / _connections.Length);
            _connections[i] = new LoadConnection(options, i, first, next - first);
        }

        _progress = new LoadProgress(_connections.Length);
        _poll = new PollSet([.. _connections.Select(connection => connection.Socket)]);
        _send = new byte[Math.Max(SendBytesMax, _connections[0].PacketLength)];
        _refillAt = Math.Max(1, options.Window / 4);
        _pause = new RefillPause(options.Window * _connections.Length);
    }

    /// <summary>
    /// Runs to the end on the calling thread. Interruption ends the run as if its time were over.
    /// </summary>
    /// <exception cref="IOException">The broker refuses a connection.</exception>
    public static LoadReport Run(LoadOptions options, CancellationToken cancellation)
    {
        using var generator = new LoadGenerator(options);
        return generator.Run(cancellation);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        _poll.Dispose();
    }

    private LoadReport Run(CancellationToken cancellation)
    {
        var begin = Stopwatch.GetTimestamp();
        var measureAt = begin + Ticks(_options.WarmUp);
        var endAt = measureAt + Ticks(_options.Duration);
        var timetable = _options.Rate > 0 ? new Timetable(_options.Rate, begin, _connections.Length) : null;
        _progress.Now = begin;
        for (var i = 0; i < _connections.Length && timetable is null; i++)
        {
            Refill(_connections[i]);
            Watch(i, _connections[i]);
        }

        while (true)
        {
            var now = _progress.Now = Stopwatch.GetTimestamp();
            if (!_progress.IsMeasuring && now >= measureAt)
                StartMeasuring(now);
            if (now >= endAt || cancellation.IsCancellationRequested || Array.TrueForAll(_connections, IsOver))
                break;
            if (timetable is not null)
                SendDue(timetable, now);
            var next = Math.Min(_progress.IsMeasuring ? endAt : measureAt, timetable?.NextAt ?? long.MaxValue);
            Turn(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next), refill: timetable is null);
        }

        if (!_progress.IsMeasuring)
            StartMeasuring(_progress.Now);
        Drain();
        StopMeasuring();
        return Report();
    }

    private static bool IsOver(LoadConnection connection) => connection.IsLost || connection.Sent >= connection.MessagesMax;

    /// <summary>One wait, and everything that it found ready.</summary>
    private void Turn(TimeSpan limit, bool refill)
    {
        var ready = _poll.Wait(limit);
        for (var number = 0; number < ready; number++)
        {
            var (index, readable, writable) = _poll.Ready(number);
            var connection = _connections[index];
            if (connection.IsLost)
                continue;
            if (writable && connection.HasPending)
                connection.Flush();
            if (readable)
            {
                _progress.Now = Stopwatch.GetTimestamp();
                connection.Receive(_receive, _progress);
            }

            if (refill && connection.Room >= Math.Min(_refillAt, connection.MessagesMax - connection.Sent))
                Refill(connection);
            Watch(index, connection);
        }

        if (refill)
            _pause.Take(_progress.TotalAcknowledged, _progress.Now);
    }

    private void Refill(LoadConnection connection)
    {
        while (connection.Room is > 0 and var room)
        {
            var count = Math.Min(room, _send.Length / connection.PacketLength);
            for (var i = 0; i < count; i++)
                connection.Make(_send.AsSpan(i * connection.PacketLength), _progress.Now);
            connection.Send(_send.AsSpan(0, count * connection.PacketLength));
        }
    }

    private void SendDue(Timetable timetable, long now)
    {
        // A connection whose window is full delays its own messages and those after them: their latency runs on meanwhile.
        while (timetable.NextAt <= now && _connections[timetable.NextConnection] is var connection)
        {
            if (connection.IsLost)
            {
                timetable.MoveOn();
                continue;
            }

            if (connection.Room == 0)
                return;
            connection.Make(_send, timetable.NextAt);
            connection.Send(_send.AsSpan(0, connection.PacketLength));
            Watch(timetable.NextConnection, connection);
            timetable.MoveOn();
        }
    }

    private void Drain()
    {
        var limit = Stopwatch.GetTimestamp() + Ticks(_options.DrainLimit);
        while (Stopwatch.GetTimestamp() < limit
            && Array.Exists(_connections, connection => !connection.IsLost && connection.Acknowledged < connection.Sent))
            Turn(TimeSpan.FromMilliseconds(100), refill: false);
    }

    private void Watch(int index, LoadConnection connection)
    {
        if (connection.IsLost)
            connection.Dispose();
        else
            _poll.WantWrite(index, connection.HasPending);
    }

    private void StartMeasuring(long now)
    {
        _progress.Start(_connections, now);
        _ownAtStart = ProcessCpu.Seconds(Environment.ProcessId);
        _watchedAtStart = [.. _options.Watch.Select(ProcessCpu.Seconds)];
    }

    private void StopMeasuring()
    {
        _ownAtEnd = ProcessCpu.Seconds(Environment.ProcessId);
        _watchedAtEnd = [.. _options.Watch.Select(ProcessCpu.Seconds)];
    }

    private LoadReport Report()
    {
        var latency = _progress.Latency;
        var seconds = Stopwatch.GetElapsedTime(_progress.StartedAt, _progress.LastAcknowledgedAt).TotalSeconds;
        return new LoadReport
        {
            Sent = _connections.Sum(connection => connection.Sent),
            Acknowledged = _connections.Sum(connection => connection.Acknowledged),
            MeasuredSent = _progress.MeasuredSent(_connections),
            MeasuredAcknowledged = latency.Count,
            MeasureStartedAt = _progress.StartedAt,
            LastAcknowledgedAt = _progress.LastAcknowledgedAt,
            AcknowledgedPerSecond = seconds > 0 ? latency.Count / seconds : 0,
            P50Ms = latency.Quantile(0.5).TotalMilliseconds,
            P90Ms = latency.Quantile(0.9).TotalMilliseconds,
            P99Ms = latency.Quantile(0.99).TotalMilliseconds,
            P999Ms = latency.Quantile(0.999).TotalMilliseconds,
            MaxMs = latency.Max.TotalMilliseconds,
            GeneratorCpuSeconds = _ownAtEnd - _ownAtStart,
            WatchedCpuSecondsAtStart = _watchedAtStart,
            WatchedCpuSecondsAtEnd = _watchedAtEnd,
            OutOfOrder = _connections.Sum(connection => connection.OutOfOrder),
            Lost = _connections.Count(connection => connection.IsLost),
            AcknowledgedByConnection = [.. _connections.Select(connection => connection.Acknowledged)],
            SentByConnection = [.. _connections.Select(connection => connection.Sent)],
        };
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
