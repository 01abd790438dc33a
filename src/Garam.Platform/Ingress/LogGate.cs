using System.Buffers;
using Garam.Log;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Pipeline;

namespace Garam.Platform.Ingress;

/// <summary>
/// The one way into the raw log, used by every protocol: append, then wait until it is durable, then acknowledge.
/// </summary>
/// <remarks>
/// Back-pressure: <see cref="IsCongested"/> is true while the log cannot flush fast enough, the disk is nearly full, or the pipeline is
/// further behind than <c>pipeline.lag_max</c>. A source then stops reading (TCP, MQTT, WebSocket) or answers 429 (HTTP); nothing that
/// was accepted is thrown away. Thread-safe.
/// </remarks>
public sealed class LogGate : IDisposable
{
    /// <summary>Headers up to this size are stamped on the stack; only absurd topics need more.</summary>
    private const int HeaderStackBytes = 512;

    private static readonly TimeSpan LagPoll = TimeSpan.FromMilliseconds(5);

    private readonly DurableLog _log;
    private readonly PipelineProgress _progress;
    private readonly DisabledDevices _disabled;
    private readonly GaramOptions _options;
    private readonly TimeProvider _time;
    private readonly ReceiveClock _clock;
    private readonly CancellationTokenSource _closing = new();

    internal LogGate(DurableLog log, PipelineProgress progress, DisabledDevices disabled, GaramOptions options, TimeProvider time)
    {
        _log = log;
        _progress = progress;
        _disabled = disabled;
        _options = options;
        _time = time;
        _clock = new ReceiveClock(time);
    }

    public IngressCounters Counters { get; } = new();

    /// <summary>Largest payload in bytes.</summary>
    public int PayloadBytesMax => _options.Ingress.PayloadBytesMax;

    /// <summary>True when a source must wait before it sends more.</summary>
    public bool IsCongested => _log.IsCongested || IsBehind;

    /// <summary>True once the program is going down: no source may append any more.</summary>
    public bool IsClosed => _closing.IsCancellationRequested;

    /// <summary>Fires when the program goes down: sources that only wait for their device end.</summary>
    public CancellationToken Closing => _closing.Token;

    private bool IsBehind => _progress.Lag > _options.Pipeline.LagMax;

    /// <summary>
    /// Whether nothing may be taken from this source now, because its device or the hub it speaks through is disabled. Every protocol asks
    /// before each message, refuses it in its own words and counts it as <see cref="IngressResult.Disabled"/>.
    /// </summary>
    public bool Refuses(IngressSource source) => _disabled.Refuse(source.Device, source.Hub, ref source.Admission);

    /// <summary>Completes when there is room again.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _log.WaitForRoomAsync(cancellation);
            if (!IsBehind)
                return;
            await Task.Delay(LagPoll, _time, cancellation);
        }
    }

    /// <summary>
    /// Logs one message of the source; the payload is copied. The message is acknowledged to its sender only after
    /// <see cref="WaitDurableAsync"/> of the position.
    /// </summary>
    /// <returns>False when there is no room: await <see cref="WaitForRoomAsync"/> and try the same message again.</returns>
    /// <exception cref="LogFailedException">The log has stopped after a failed write; nothing may be acknowledged.</exception>
    public bool TryAppend(IngressSource source, ReadOnlySpan<byte> payload, out LogPosition position)
    {
        var header = source.Header;
        byte[]? rented = null;
        var stamped = header.Length <= HeaderStackBytes
            ? stackalloc byte[HeaderStackBytes]
            : rented = ArrayPool<byte>.Shared.Rent(header.Length);
        header.CopyTo(stamped);
        RawRecord.Stamp(stamped, _clock.Next(source.DeviceHash));
        var accepted = _log.TryAppend(stamped[..header.Length], payload, out position);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        if (accepted)
            Counters.Count(source.Protocol, IngressResult.Accepted);
        return accepted;
    }

    public ValueTask WaitDurableAsync(LogPosition position, CancellationToken cancellation) => _log.WaitDurableAsync(position, cancellation);

    public void Dispose() => _closing.Dispose();

    /// <summary>Turns every further message away; what is in the log stays and is processed.</summary>
    public void Close() => _closing.Cancel();

    /// <summary>The source of messages that came by a route.</summary>
    public IngressSource NewSource(Protocol protocol, Route route, string device, string hub, string channel) =>
        new(protocol, route.Kind, device, hub, route.Product, channel, NewRateLimit());

    /// <summary>A rate limit of its own for a new source; null when none is configured.</summary>
    internal RateLimit? NewRateLimit() =>
        _options.Ingress.MessagesPerSecondPerDevice > 0 ? new RateLimit(_options.Ingress.MessagesPerSecondPerDevice, _time) : null;
}
