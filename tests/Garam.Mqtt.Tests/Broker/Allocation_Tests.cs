using System.Buffers;
using System.IO.Pipelines;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;
using Garam.Mqtt.Tests.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Mqtt.Tests.Broker;

public sealed class Allocation_Tests
{
    [Theory]
    [InlineData(4, 1, false)]
    [InlineData(5, 1, false)]
    [InlineData(5, 2, false)]
    [InlineData(5, 1, true)]
    public void A_publish_on_a_known_topic_allocates_nothing(int version, int qos, bool isSubscribed)
    {
        using var broker = new Harness(version, isSubscribed);
        var packet = Bytes.Publish("devices/a/telemetry", new string('x', 200), qos, 1, version: version);
        FixedHeader.TryRead(packet, out var header, out _);
        for (var i = 0; i < 2000; i++)
            broker.Take(header, packet);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            broker.Take(header, packet);
        var perMessage = (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000.0;
        perMessage.ShouldBeLessThan(1);
    }

    /// <summary>Decode, topic, access, gate, routing, acknowledgement and encoding, without sockets and their threads.</summary>
    private sealed class Harness : IDisposable
    {
        private readonly MqttBroker broker = new(
            new MqttOptions { SysInterval = TimeSpan.Zero }, OpenAccess.Instance, OpenGate.Instance, TimeProvider.System, NullLogger.Instance);
        private readonly PublishIntake intake;
        private readonly AckPipeline acks;
        private readonly PumpList pumps = new();
        private readonly MqttSession session;
        private readonly MqttConnection connection;

        public Harness(int version, bool isSubscribed)
        {
            var body = Bytes.Connect("a", version);
            FixedHeader.TryRead(body, out var header, out _);
            ConnectPacket.TryParse(body.AsSpan(header.HeaderLength), out var connect).ShouldBe(ReasonCode.Success);
            session = new MqttSession("a", broker.Options) { Version = connect!.Version };
            connection = new MqttConnection(broker, new Transport(), session, connect, 0);
            session.Connection = connection;
            acks = new AckPipeline(session, connection.Output, broker.Gate, connect.Version, _ => { }, CancellationToken.None);
            intake = new PublishIntake(
                session, broker.Options, broker.Access, broker.Gate, broker.Router, broker.Counters, acks, pumps);
            if (isSubscribed)
                new SubscribeFlow(
                    session, broker.Options, broker.Access, broker.Router.Tree, broker.Retained, broker.Counters, broker.Time, pumps)
                    .Subscribe(Bytes.Subscribe(1, "devices/#", 0, version).AsSpan(2), connection.Output.Control).ShouldBe(ReasonCode.Success);
        }

        public void Take(FixedHeader header, byte[] packet)
        {
            intake.Take(header.Flags, packet.AsSpan(header.HeaderLength, (int)header.RemainingLength)).MustBe(ReasonCode.Success);
            acks.EndBatch();
            connection.Output.Pump();
            pumps.PumpAll();
            if (session.InboundQos2.Count > 0)
                DeliveryFlow.Take(session, connection.Output, PacketType.Pubrel, new AcknowledgementPacket(1, ReasonCode.Success));
        }

        public void Dispose() => session.End();
    }

    private sealed class Transport : IDuplexPipe
    {
        public PipeReader Input { get; } = new Pipe().Reader;

        public PipeWriter Output { get; } = new Sink();
    }

    /// <summary>Takes everything and keeps nothing.</summary>
    private sealed class Sink : PipeWriter
    {
        private readonly byte[] buffer = new byte[64 * 1024];

        public override void Advance(int bytes)
        {
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => buffer;

        public override Span<byte> GetSpan(int sizeHint = 0) => buffer;

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => new(new FlushResult(false, false));
    }
}

/// <summary>An assertion that allocates nothing when it holds.</summary>
file static class QuietAssertion
{
    public static void MustBe(this ReasonCode actual, ReasonCode expected)
    {
        if (actual != expected)
            actual.ShouldBe(expected);
    }
}
