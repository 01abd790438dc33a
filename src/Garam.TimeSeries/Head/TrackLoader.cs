using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Head;

/// <summary>Brings a track's open block into memory when it is first touched.</summary>
internal sealed class TrackLoader(ReaderPool readers, DamageLog damage)
{
    /// <summary>Under the group's lock.</summary>
    public void Load(Track track)
    {
        using var lease = readers.Rent();
        lease.Reader.TryOpenBlock(track.Id, out var openFrom, out var rawHorizon, out var data);
        track.OpenFrom = openFrom;
        track.RawHorizon = rawHorizon;
        if (!OpenBlockData.TryRead(data, track.Columns, out var chunks, out var tail)) damage.Report(track, "open block");
        track.Load(chunks, tail);
    }
}
