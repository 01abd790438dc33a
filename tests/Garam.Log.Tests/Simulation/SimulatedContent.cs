namespace Garam.Log.Tests.Simulation;

/// <summary>
/// A file's bytes twice: as programs see them, and as the disk holds them. Between flushes each 512-byte sector that was
/// changed may or may not have reached the disk, in any order.
/// </summary>
internal sealed class SimulatedContent
{
    private const int SectorBytes = 512;

    private readonly SortedSet<int> _dirty = [];
    private byte[] _seen = [];
    private byte[] _stored = [];
    private int _storedLength;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Seen => _seen.AsSpan(0, Length);

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (offset + bytes.Length > Length) SetLength(offset + bytes.Length);
        bytes.CopyTo(_seen.AsSpan(offset));
        MarkDirty(offset, offset + bytes.Length);
    }

    public void SetLength(int length)
    {
        if (length > _seen.Length) Array.Resize(ref _seen, Math.Max(length, _seen.Length * 2));
        if (length < Length)
        {
            _seen.AsSpan(length, Length - length).Clear();
            MarkDirty(length, Length);
        }
        Length = length;
    }

    public void Flush()
    {
        foreach (var sector in _dirty) Store(sector);
        _dirty.Clear();
        _storedLength = Length;
    }

    /// <summary>A flush that fails: some of the changes reach the disk, and the system takes the rest for clean.</summary>
    public void LoseFlush(Random random)
    {
        foreach (var sector in _dirty)
            if (random.Next(2) == 0) Store(sector);
        _dirty.Clear();
    }

    /// <summary>Turns a byte over, on the disk and in the cache.</summary>
    public void Rot(int offset)
    {
        _seen[offset] ^= 0x41;
        if (offset < _stored.Length) _stored[offset] ^= 0x41;
    }

    /// <summary>Power is lost: what programs see from now on is what the disk happens to hold.</summary>
    public void LosePower(Random random)
    {
        var kept = random.Next(4);
        foreach (var sector in _dirty)
        {
            var reaches = kept switch { 0 => false, 1 => true, _ => random.Next(2) == 0 };
            if (reaches) Store(sector);
            // Some file systems show what an earlier file left on a sector that was allocated but not written.
            else if (sector * SectorBytes >= _storedLength && random.Next(10) == 0) StoreGarbage(sector, random);
        }
        _dirty.Clear();
        Length = random.Next(3) switch
        {
            0 => _storedLength,
            1 => Length,
            _ => random.Next(Math.Min(Length, _storedLength), Math.Max(Length, _storedLength) + 1),
        };
        _storedLength = Length;
        EnsureStored(Length);
        _stored.AsSpan(Length).Clear();
        _seen = [.. _stored];
    }

    private void MarkDirty(int from, int to)
    {
        for (var sector = from / SectorBytes; sector * SectorBytes < to; sector++) _dirty.Add(sector);
    }

    private void Store(int sector)
    {
        EnsureStored((sector + 1) * SectorBytes);
        var start = sector * SectorBytes;
        var target = _stored.AsSpan(start, SectorBytes);
        target.Clear();
        if (start < _seen.Length) _seen.AsSpan(start, Math.Min(SectorBytes, _seen.Length - start)).CopyTo(target);
    }

    private void StoreGarbage(int sector, Random random)
    {
        EnsureStored((sector + 1) * SectorBytes);
        random.NextBytes(_stored.AsSpan(sector * SectorBytes, SectorBytes));
    }

    private void EnsureStored(int length)
    {
        if (length > _stored.Length) Array.Resize(ref _stored, Math.Max(length, _stored.Length * 2));
    }
}
