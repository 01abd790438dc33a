using System.Collections.Concurrent;

namespace Garam.TimeSeries.Storage;

/// <summary>Readers between two uses; as many exist as were ever used at once, at most <see cref="KeptMax"/> are kept. Thread-safe.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int KeptMax = 8;

    private readonly ConcurrentBag<StoreReader> free = [];
    private bool disposed;

    public ReaderLease Rent()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed), this);
        return new ReaderLease(this, free.TryTake(out var reader) ? reader : new StoreReader(path));
    }

    public void Return(StoreReader reader)
    {
        if (Volatile.Read(ref disposed) || free.Count >= KeptMax) reader.Dispose();
        else free.Add(reader);
    }

    public void Dispose()
    {
        Volatile.Write(ref disposed, true);
        while (free.TryTake(out var reader)) reader.Dispose();
    }
}
