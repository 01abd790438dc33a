using Garam.TimeSeries.Head;

namespace Garam.TimeSeries.Storage;

/// <summary>Counts damaged blobs and tells the owner of the store. Thread-safe.</summary>
internal sealed class DamageLog(Action<DamagedData>? onDamage)
{
    private long count;

    public long Count => Interlocked.Read(ref count);

    public void Report(Track track, string what)
    {
        Interlocked.Increment(ref count);
        onDamage?.Invoke(new DamagedData(track.Group.Key, what));
    }
}
