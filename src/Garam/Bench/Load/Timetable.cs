using System.Diagnostics;

namespace Garam.Bench.Load;

/// <summary>When each message of a fixed rate is due, and on which connection: message k at start + k / rate, on k mod n.</summary>
internal sealed class Timetable(double messagesPerSecond, long startAt, int connections)
{
    private readonly double _ticksPerMessage = Stopwatch.Frequency / messagesPerSecond;
    private long _next;

    /// <summary>Monotonic time at which the next message is due.</summary>
    public long NextAt => startAt + (long)(_next * _ticksPerMessage);

    public int NextConnection => (int)(_next % connections);

    public void MoveOn() => _next++;
}
