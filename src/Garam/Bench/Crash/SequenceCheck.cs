using Garam.Bench.Load;

namespace Garam.Bench.Crash;

/// <summary>
/// Compares a device's stored points of one round with what was sent. The n-th message bears sequence n and the time
/// first + n milliseconds, so a point proves itself: its value and its time must name the same message.
/// </summary>
/// <param name="firstTime">Time of sequence 0, in Unix ms.</param>
/// <param name="firstSequence">The round's first.</param>
/// <param name="sent">Messages sent in the round.</param>
/// <param name="acknowledged">How many of them, from the first on, were acknowledged.</param>
internal sealed class SequenceCheck(long firstTime, long firstSequence, long sent, long acknowledged)
{
    private readonly bool[] _found = new bool[sent];

    public long Found { get; private set; }

    public long Wrong { get; private set; }

    /// <summary>Acknowledged messages without a point so far.</summary>
    public long Missing => _found.AsSpan(0, (int)acknowledged).Count(false);

    public void Add(long time, double value)
    {
        var place = time - firstTime - firstSequence;
        if (place < 0 || place >= sent || value != TelemetryPacket.SequenceBase + firstSequence + place || _found[place])
        {
            Wrong++;
            return;
        }

        _found[place] = true;
        Found++;
    }
}
