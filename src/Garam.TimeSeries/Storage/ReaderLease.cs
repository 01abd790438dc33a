namespace Garam.TimeSeries.Storage;

/// <summary>A reader in use; disposing gives it back.</summary>
internal readonly struct ReaderLease(ReaderPool pool, StoreReader reader) : IDisposable
{
    public StoreReader Reader { get; } = reader;

    public void Dispose() => pool.Return(Reader);
}
