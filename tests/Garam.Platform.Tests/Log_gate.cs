using Garam.Log;

namespace Garam.Platform.Tests;

/// <summary>The door to the log: counted, closed, and never acknowledged after a close.</summary>
public sealed class Log_gate : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly DurableLog _log;
    private readonly LogGate _gate;

    public Log_gate()
    {
        _log = DurableLog.Open(_folder.File("log"), new LogOptions { FreeBytesReserve = 0 });
        _gate = new LogGate(_log, new PipelineProgress(() => 0, 0), new DisabledDevices(), new GaramOptions(), new ManualTime());
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_durable_is_in_the_log_with_its_receive_time()
    {
        var source = Source("devices/a/telemetry");
        _gate.TryAppend(source, "1"u8, out _).ShouldBeTrue();
        _gate.TryAppend(source, "2"u8, out var last).ShouldBeTrue();
        await _gate.WaitDurableAsync(last, Until.Token);

        Times().ShouldBe([ManualTime.StartUs, ManualTime.StartUs + 1]);
        _gate.Counters[Protocol.Mqtt, IngressResult.Accepted].ShouldBe(2);
    }

    [Fact]
    public async Task A_topic_longer_than_the_stack_takes_is_stamped_too()
    {
        _gate.TryAppend(Source(new string('t', 5_000)), "1"u8, out var last).ShouldBeTrue();
        await _gate.WaitDurableAsync(last, Until.Token);

        Times().ShouldBe([ManualTime.StartUs]);
    }

    [Fact]
    public void A_closed_gate_says_so()
    {
        _gate.IsClosed.ShouldBeFalse();

        _gate.Close();

        _gate.IsClosed.ShouldBeTrue();
        _gate.Closing.IsCancellationRequested.ShouldBeTrue();
    }

    private static IngressSource Source(string topic) => new(Protocol.Mqtt, RouteKind.Telemetry, "a", "", null, topic, null);

    private List<long> Times()
    {
        using var reader = _log.OpenReader(LogPosition.Zero);
        var block = new LogBlock();
        var times = new List<long>();
        while (reader.Read(block) > 0)
        {
            for (var i = 0; i < block.Count; i++)
            {
                RawRecord.TryRead(block[i], out var raw).ShouldBeTrue();
                times.Add(raw.ReceivedUs);
            }
        }

        return times;
    }
}
