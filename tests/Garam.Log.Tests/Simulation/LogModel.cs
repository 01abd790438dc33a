namespace Garam.Log.Tests.Simulation;

/// <summary>What the log must hold: the key of the record at each position, and how many are acknowledged.</summary>
internal sealed class LogModel
{
    private readonly List<long> _keys = [];
    private readonly List<int> _lengths = [];
    private readonly HashSet<long?> _checkpoints = [null];
    private long _lastKey;

    public long Acknowledged { get; private set; }

    public long? CheckpointLowest => _checkpoints.Min(position => position ?? long.MaxValue) is var lowest && lowest == long.MaxValue ? null : lowest;

    public byte[] NewRecord(int length)
    {
        _lengths.Add(Math.Max(length, sizeof(long)));
        _keys.Add(++_lastKey);
        return Record.Of(_lastKey, length);
    }

    public void Refused()
    {
        _keys.RemoveAt(_keys.Count - 1);
        _lengths.RemoveAt(_lengths.Count - 1);
    }

    public void Appended(LogPosition position) => position.Value.ShouldBe(_keys.Count - 1);

    public void Acknowledge(LogPosition durable)
    {
        durable.Value.ShouldBeGreaterThanOrEqualTo(Acknowledged);
        durable.Value.ShouldBeLessThanOrEqualTo(_keys.Count);
        Acknowledged = durable.Value;
    }

    /// <summary>Setting begins: a crash may leave either.</summary>
    public void CheckpointMaySet(long position) => _checkpoints.Add(position);

    public void CheckpointIs(long? position)
    {
        _checkpoints.ShouldContain(position);
        _checkpoints.Clear();
        _checkpoints.Add(position);
    }

    /// <summary>A freshly opened log holds all that is acknowledged; what was appended after it may be there or not.</summary>
    public void Reopened(DurableLog log)
    {
        log.Next.ShouldBe(log.Durable);
        Acknowledge(log.Durable);
        _keys.RemoveRange((int)Acknowledged, _keys.Count - (int)Acknowledged);
        _lengths.RemoveRange((int)Acknowledged, _lengths.Count - (int)Acknowledged);
        CheckpointIs(log.GetCheckpoint("consumer")?.Value);
    }

    public byte[] RecordAt(long position) => Record.Of(_keys[(int)position], _lengths[(int)position]);
}
