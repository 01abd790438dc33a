namespace Garam.Simulate;

/// <summary>
/// Lets a simulator's sources send in turn at a steady rate through whatever publishes: an MQTT client, or the process
/// itself for the devices that a newcomer sees at once. Message k is due at start + k / rate and bears that time, so that
/// no source sends one time twice. When publishing is slower than the rate, the fleet falls behind and does not burst
/// to catch up: what is older than a second is left out.
/// </summary>
/// <param name="simulator">The devices.</param>
/// <param name="messagesPerSecond">Over all sources; above 0.</param>
/// <param name="time">The clock.</param>
public sealed class SimulatedFleet(IPackSimulator simulator, double messagesPerSecond, TimeProvider time)
{
    /// <summary>Messages are sent in groups at this distance at most; finer would only cost wake-ups.</summary>
    private static readonly TimeSpan TickMin = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan BehindMax = TimeSpan.FromSeconds(1);

    /// <summary>Messages handed to the delegate so far.</summary>
    public long Sent => Volatile.Read(ref _sent);

    private long _sent;

    /// <summary>Sends until cancelled, which ends it quietly; an exception of the delegate ends it too.</summary>
    /// <param name="publish">Takes topic and payload. It is called by one caller at a time; it may wait to slow the fleet.</param>
    /// <param name="cancellation">Ends the fleet.</param>
    public async Task RunAsync(Func<string, ReadOnlyMemory<byte>, ValueTask> publish, CancellationToken cancellation)
    {
        var start = time.GetUtcNow();
        var interval = TimeSpan.TicksPerSecond / messagesPerSecond;
        for (var next = 0L; !cancellation.IsCancellationRequested;)
        {
            var now = time.GetUtcNow();
            var due = start + TimeSpan.FromTicks((long)(next * interval));
            if (due > now)
            {
                try
                {
                    await Task.Delay(due - now > TickMin ? due - now : TickMin, time, cancellation);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                continue;
            }

            if (now - due > BehindMax)
            {
                next = (long)((now - start).Ticks / interval);
                continue;
            }

            if (simulator.Next((int)(next % simulator.SourceCount), due) is { } message)
            {
                await publish(message.Topic, message.Payload);
                Interlocked.Increment(ref _sent);
            }

            next++;
        }
    }
}
