namespace Garam.EndToEnd;

/// <summary>
/// One device that counts: each reading carries the next number. It remembers what was acknowledged, and sends nothing twice, so that a
/// number stored twice is the server's doing.
/// </summary>
internal abstract class Writer(string device)
{
    private readonly HashSet<int> _acknowledged = [];
    private int _next;

    public string Device { get; } = device;

    /// <summary>Numbers handed out so far: what was sent, acknowledged or not.</summary>
    public int Sent => Volatile.Read(ref _next);

    public int AcknowledgedCount
    {
        get
        {
            lock (_acknowledged)
                return _acknowledged.Count;
        }
    }

    public IReadOnlySet<int> Acknowledged => _acknowledged;

    /// <summary>Sends until the connection breaks or it is told to stop; neither is an error.</summary>
    public async Task RunAsync(GaramProcess garam, CancellationToken stop)
    {
        try
        {
            await SendAsync(garam, stop);
        }
        catch (Exception e) when (stop.IsCancellationRequested || IsBrokenLine(e))
        {
            // The server was killed, or the test has seen enough: what is acknowledged is remembered.
        }
    }

    protected abstract Task SendAsync(GaramProcess garam, CancellationToken stop);

    protected int Next() => Interlocked.Increment(ref _next) - 1;

    protected void Acknowledge(int number)
    {
        lock (_acknowledged)
            _acknowledged.Add(number).ShouldBeTrue($"{Device}: {number} was acknowledged twice");
    }

    private static bool IsBrokenLine(Exception e) =>
        e is IOException or HttpRequestException or System.Net.Sockets.SocketException or Garam.Mqtt.Client.MqttClientException or OperationCanceledException;
}
