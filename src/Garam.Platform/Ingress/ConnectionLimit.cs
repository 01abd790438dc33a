namespace Garam.Platform.Ingress;

/// <summary>At most so many connections at once.</summary>
public sealed class ConnectionLimit(int most)
{
    private int _open;

    public int Open => Volatile.Read(ref _open);

    /// <summary>A place, given back by disposing it; null when all are taken.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= most)
            return new Slot(this);
        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Slot(ConnectionLimit limit) : IDisposable
    {
        private ConnectionLimit? _limit = limit;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _limit, null) is { } owner)
                Interlocked.Decrement(ref owner._open);
        }
    }
}
