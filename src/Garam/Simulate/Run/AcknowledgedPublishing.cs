using System.Diagnostics;
using Garam.Bench.Load;
using Garam.Mqtt.Client;

namespace Garam.Simulate.Run;

/// <summary>
/// Publishes at QoS 1 with a bounded number of messages under way, and counts what was acknowledged and after how long.
/// A message that cannot be sent any more stops all further ones with an <see cref="IOException"/>.
/// </summary>
internal sealed class AcknowledgedPublishing(MqttClient client, int inflightMax) : IDisposable
{
    private readonly SemaphoreSlim _room = new(inflightMax);
    private readonly LatencyHistogram _latency = new();
    private readonly Lock _counting = new();
    private long _sent;
    private long _acknowledged;
    private Exception? _failure;

    /// <summary>Waits for room, begins the message and returns; its acknowledgement is counted when it comes.</summary>
    public async ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation);
        if (Volatile.Read(ref _failure) is { } failure)
        {
            _room.Release();
            throw new IOException($"A message could not be sent: {failure.Message}", failure);
        }

        Interlocked.Increment(ref _sent);

        // Not awaited here, or one message at a time would be under way: the slot it holds is what DrainAsync waits for.
        _ = AcknowledgedAsync(topic, payload);
    }

    /// <summary>Waits until nothing is under way, or the time is over.</summary>
    public async Task DrainAsync(TimeSpan limit)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var slot = 0; slot < inflightMax; slot++)
        {
            var left = limit - Stopwatch.GetElapsedTime(begin);
            if (left <= TimeSpan.Zero || !await _room.WaitAsync(left))
                return;
        }
    }

    public SimulateFigures Figures
    {
        get
        {
            lock (_counting)
            {
                return new SimulateFigures(
                    Volatile.Read(ref _sent), _acknowledged, client.Reconnects,
                    _latency.Quantile(0.5), _latency.Quantile(0.99), _latency.Max, client.IsConnected);
            }
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task AcknowledgedAsync(string topic, ReadOnlyMemory<byte> payload)
    {
        var begin = Stopwatch.GetTimestamp();
        try
        {
            await client.PublishAsync(topic, payload);
            var elapsed = Stopwatch.GetElapsedTime(begin);
            lock (_counting)
            {
                _acknowledged++;
                _latency.Record((long)elapsed.TotalNanoseconds);
            }
        }
        catch (Exception error)
        {
            // The caller of the next message is told; closing the client ends messages under way like this too.
            Interlocked.CompareExchange(ref _failure, error, null);
        }

        _room.Release();
    }
}
