using System.Text.Json;
using Garam.Bench.Load;

namespace Garam.Tests.Bench;

public sealed class Telemetry_packet_Tests
{
    private static readonly DateTimeOffset First = DateTimeOffset.FromUnixTimeMilliseconds(1_763_000_000_999);

    [Theory]
    [InlineData(200)]
    [InlineData(173)]
    [InlineData(5000)]
    public void The_payload_is_json_of_the_wanted_length(int length)
    {
        var packet = new TelemetryPacket(7, length, First, TimeSpan.FromMilliseconds(1), 0);

        PayloadOf(packet, 1).Length.ShouldBe(length);
        JsonDocument.Parse(PayloadOf(packet, 2)).RootElement.GetProperty("rssi").GetInt32().ShouldBeInRange(-89, -50);
    }

    [Fact]
    public void Remaining_length_and_topic_are_where_mqtt_wants_them()
    {
        var packet = new TelemetryPacket(7, 200, First, TimeSpan.FromMilliseconds(1), 0);
        var bytes = new byte[packet.Length];

        packet.WriteNext(bytes, 0x1234);

        bytes[0].ShouldBe((byte)0x32);
        (bytes[1] & 0x7F | bytes[2] << 7).ShouldBe(bytes.Length - 3);
        var topic = bytes[3] << 8 | bytes[4];
        System.Text.Encoding.ASCII.GetString(bytes, 5, topic).ShouldBe("devices/bench-000007/telemetry");
        bytes.AsSpan(5 + topic, 2).ToArray().ShouldBe([0x12, 0x34]);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 999_999)]
    [InlineData(60_000, 41)]
    public void Sequence_and_time_advance_by_one_step_a_message(int stepMs, long firstSequence)
    {
        var packet = new TelemetryPacket(0, 200, First, TimeSpan.FromMilliseconds(stepMs), firstSequence);

        for (var n = firstSequence; n < firstSequence + 2_500; n++)
        {
            using var json = JsonDocument.Parse(PayloadOf(packet, 1));
            json.RootElement.GetProperty("seq").GetInt64().ShouldBe(TelemetryPacket.SequenceBase + n);
            json.RootElement.GetProperty("ts").GetInt64().ShouldBe(First.ToUnixTimeMilliseconds() + n * stepMs);
        }
    }

    [Fact]
    public void Values_stay_plausible_and_power_is_voltage_times_current()
    {
        var packet = new TelemetryPacket(3, 200, First, TimeSpan.FromMilliseconds(1), 0);

        for (var n = 0; n < 5_000; n++)
        {
            using var json = JsonDocument.Parse(PayloadOf(packet, 1));
            double Of(string name) => json.RootElement.GetProperty(name).GetDouble();
            Of("temperature").ShouldBeInRange(20, 29.9);
            Of("humidity").ShouldBeInRange(40, 59.9);
            Of("power").ShouldBe(Of("voltage") * Of("current"), 0.101);
        }
    }

    [Fact]
    public void Two_devices_send_different_values()
    {
        var one = new TelemetryPacket(1, 200, First, TimeSpan.FromMilliseconds(1), 0);
        var other = new TelemetryPacket(2, 200, First, TimeSpan.FromMilliseconds(1), 0);
        for (var n = 0; n < 100; n++)
        {
            PayloadOf(one, 1);
            PayloadOf(other, 1);
        }

        Temperatures(one).ShouldNotBe(Temperatures(other));
    }

    private static double[] Temperatures(TelemetryPacket packet) =>
        [.. Enumerable.Range(0, 50).Select(_ => JsonDocument.Parse(PayloadOf(packet, 1)).RootElement.GetProperty("temperature").GetDouble())];

    private static byte[] PayloadOf(TelemetryPacket packet, ushort id)
    {
        var bytes = new byte[packet.Length];
        packet.WriteNext(bytes, id);
        return bytes[(5 + (bytes[3] << 8 | bytes[4]) + 2)..];
    }
}
