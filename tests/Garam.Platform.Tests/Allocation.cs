using Garam.Log;
using Garam.TimeSeries;

namespace Garam.Platform.Tests;

/// <summary>The hot path makes no garbage: a message of a known device with known metrics.</summary>
public sealed class Allocation
{
    private const int Messages = 20_000;

    [Fact]
    public void A_known_devices_message_flows_into_the_store_without_allocating_more_than_the_store_keeps()
    {
        using var bed = new FlowBed();
        byte[] record = [.. RawRecord.Header(Protocol.Mqtt, RouteKind.Telemetry, "a"u8, default, "json"u8, default, "devices/a/telemetry"u8), .. "{\"t\":21.5,\"h\":40}"u8];
        var position = 0L;
        Flow(100);

        var flowed = Allocated(() => Flow(Messages));

        // What the head keeps of the samples until the next commit, appended straight to it.
        var group = bed.Store.Group("direct");
        SeriesSample[] samples = [new(group.Series("t"), 21.5), new(group.Series("h"), 40), default];
        var log = group.Series(LaneDevice.PositionSeries);
        position = 0;
        Append(100);
        var kept = Allocated(() => Append(Messages));
        Math.Abs((flowed - kept) / (double)Messages).ShouldBeLessThan(1, $"{flowed} bytes flowed, {kept} kept");

        void Flow(int messages)
        {
            for (var i = 0; i < messages; i++)
            {
                RawRecord.Stamp(record, ManualTime.StartUs + (++position * 1_000));
                RawRecord.TryRead(record, out var raw);
                if (bed.Flow.Run(raw, position).State != MessageState.Stored)
                    throw new InvalidOperationException("not stored");
            }
        }

        void Append(int messages)
        {
            for (var i = 0; i < messages; i++)
            {
                samples[2] = new SeriesSample(log, ++position, SampleFlags.Provenance);
                group.Append(ManualTime.StartUs + (position * 1_000), samples);
            }
        }
    }

    [Fact]
    public void A_message_that_stores_nothing_allocates_nothing()
    {
        using var bed = new FlowBed();
        byte[] record = [.. RawRecord.Header(Protocol.Mqtt, RouteKind.Telemetry, "a"u8, default, "json"u8, default, "devices/a/telemetry"u8), .. "{\"t\":21.5,\"h\":40}"u8];
        RawRecord.Stamp(record, ManualTime.StartUs);
        Flow(100);

        Allocated(() => Flow(Messages)).ShouldBeLessThan(Messages / 10);

        void Flow(int messages)
        {
            for (var i = 0; i < messages; i++)
            {
                RawRecord.TryRead(record, out var raw);
                bed.Flow.Run(raw, 1);
            }
        }
    }

    [Fact]
    public async Task A_message_goes_through_the_gate_without_allocating()
    {
        using var folder = new TemporaryFolder();
        await using var log = DurableLog.Open(folder.File("log"), new LogOptions { FreeBytesReserve = 0 });
        using var gate = new LogGate(log, new PipelineProgress(() => 0, 0), new DisabledDevices(), new GaramOptions(), TimeProvider.System);
        var source = new IngressSource(Protocol.Mqtt, RouteKind.Telemetry, "a", "", "json", "devices/a/telemetry", null);
        await Append(2_000);

        var bytes = await Append(Messages);

        (bytes / (double)Messages).ShouldBeLessThan(1);

        async Task<long> Append(int messages)
        {
            var allocated = 0L;
            for (var sent = 0; sent < messages; sent += 1_000)
            {
                await log.WaitForRoomAsync(Until.Token);
                allocated += AppendThousand(gate, source, out var last);
                await log.WaitDurableAsync(last, Until.Token);
            }

            return allocated;
        }
    }

    private static long Allocated(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long AppendThousand(LogGate gate, IngressSource source, out LogPosition last)
    {
        last = default;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            if (gate.Refuses(source) || !gate.TryAppend(source, "{\"t\":21.5,\"h\":40}"u8, out last))
                throw new InvalidOperationException("no room");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
