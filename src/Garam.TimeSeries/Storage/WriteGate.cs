namespace Garam.TimeSeries.Storage;

/// <summary>One writer at a time: commits, retention and deletion take turns.</summary>
internal sealed class WriteGate
{
    private readonly Lock gate = new();

    public void Run(Action work)
    {
        lock (gate) work();
    }
}
