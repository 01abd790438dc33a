using System.Text;

namespace Garam.Platform.Tests;

/// <summary>docs/formats/raw-record.md.</summary>
public sealed class Raw_record
{
    [Fact]
    public void Everything_that_is_written_is_read_again()
    {
        byte[] record = [.. RawRecord.Header(Protocol.Tcp, RouteKind.Status, "d"u8, "h"u8, "p"u8, "a,b"u8, "tcp:9000"u8, 85), .. "payload"u8];
        RawRecord.Stamp(record, 1_700_000_000_000_001);

        RawRecord.TryRead(record, out var raw).ShouldBeTrue();

        Told(raw).ShouldBe("Tcp Status 1700000000000001 85 d h p a,b tcp:9000 payload");
        raw.DeviceHash.ShouldBe(RawRecord.DeviceHashOf(record));
    }

    [Fact]
    public void Layout_1_stays_readable()
    {
        RawRecord.TryRead(Testdata.Hex("raw-record-1.hex"), out var raw).ShouldBeTrue();

        Told(raw).ShouldBe(
            "Mqtt Telemetry 1767225600123000 7 sensor-01 hub-001 product_a time,온도 devices/hub-001/child/sensor-01/telemetry \0\ufffd<");
        raw.Payload.ToArray().ShouldBe(new byte[] { 0, 250, 60 });
    }

    [Fact]
    public void Layout_1_is_what_is_written()
    {
        byte[] record =
        [
            .. RawRecord.Header(
                Protocol.Mqtt, RouteKind.Telemetry, "sensor-01"u8, "hub-001"u8, "product_a"u8, "time,온도"u8,
                "devices/hub-001/child/sensor-01/telemetry"u8, 7),
            0, 250, 60,
        ];
        RawRecord.Stamp(record, 1_767_225_600_123_000);

        record.ShouldBe(Testdata.Hex("raw-record-1.hex"));
    }

    [Fact]
    public void A_channel_that_knows_no_port_says_minus_one()
    {
        RawRecord.TryRead(RawRecord.Header(Protocol.Mqtt, RouteKind.Telemetry, "d"u8, default, default, default, default), out var raw).ShouldBeTrue();

        raw.Port.ShouldBe(-1);
    }

    [Fact]
    public void A_channel_beyond_what_its_length_can_say_is_cut()
    {
        RawRecord.TryRead(RawRecord.Header(Protocol.Mqtt, RouteKind.Telemetry, "d"u8, default, default, default, new byte[70_000]), out var raw).ShouldBeTrue();

        raw.Channel.Length.ShouldBe(ushort.MaxValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("02010000000000000000000000000000ffffffff000000000000")]
    [InlineData("01010000000000000000000000000000ffffffff010000000000")]
    [InlineData("01010000000000000000000000000000ffffffff00000000ffff")]
    public void What_is_no_record_of_ours_is_not_read(string hex) =>
        RawRecord.TryRead(Convert.FromHexString(hex), out _).ShouldBeFalse();

    [Fact]
    public void Random_bytes_never_throw_and_parts_stay_within_the_record()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 50_000; i++)
        {
            var record = new byte[random.Next(80)];
            random.NextBytes(record);
            if (record.Length > 0 && random.Next(4) > 0)
                record[0] = RawRecord.Version;
            for (var at = 20; at < Math.Min(26, record.Length); at++)
                record[at] = (byte)(record[at] >> random.Next(8));
            if (!RawRecord.TryRead(record, out var raw))
                continue;
            var parts = raw.Device.Length + raw.Hub.Length + raw.Product.Length + raw.CsvHeader.Length + raw.Channel.Length + raw.Payload.Length;
            (parts + 26).ShouldBe(record.Length, $"seed {seed}");
        }
    }

    [Fact]
    public void A_cut_record_is_never_taken_for_another_device()
    {
        var record = Testdata.Hex("raw-record-1.hex");
        var header = record.Length - 3;
        for (var length = 0; length < header; length++)
            RawRecord.TryRead(record.AsSpan(0, length), out _).ShouldBeFalse($"{length} bytes");
    }

    [Fact]
    public void A_source_with_a_name_too_long_keeps_its_beginning()
    {
        var source = new IngressSource(Protocol.Mqtt, RouteKind.Telemetry, new string('x', 300), "", null, "t", null);
        RawRecord.TryRead(source.Header, out var raw).ShouldBeTrue();

        raw.Device.Length.ShouldBe(255);
    }

    private static string Told(in RawRecord raw) => string.Join(
        ' ', raw.Protocol, raw.Kind, raw.ReceivedUs, raw.Port, RawRecord.Text(raw.Device), RawRecord.Text(raw.Hub), RawRecord.Text(raw.Product),
        RawRecord.Text(raw.CsvHeader), RawRecord.Text(raw.Channel), Encoding.UTF8.GetString(raw.Payload));
}
