namespace Garam.Decoding.Tests;

/// <summary>CSV: headers, quoting, bad rows.</summary>
public sealed class CsvTests
{
    private static readonly ProductDecoder Mapped = Decoded.Compile("""
        product_type: c
        format: csv
        conversion:
          timestamp: {source: time, format: iso8601}
          mapping:
            - {source: temp, target: temperature, type: float, scale: 2}
            - {source: note, target: note, type: text, optional: true}
        """);

    [Fact]
    public void Rows_are_readings_and_quotes_are_taken_off()
    {
        var outcome = Decoded.Text(Mapped, "note,temp,time\r\n\"a, \"\"b\"\"\nc\",1.5,2026-01-01T00:00:00Z\r\n\r\nplain,2,2026-01-01T00:00:01Z");
        outcome.Readings.Count.ShouldBe(2);
        outcome.Readings[0]["note"].ShouldBe("a, \"b\"\nc");
        outcome.Readings[1]["temperature"].ShouldBe(4d);
        outcome.Readings[1].DeviceTime.ShouldBe("2026-01-01T00:00:01Z");
    }

    [Fact]
    public void A_bad_row_is_reported_and_the_others_stay()
    {
        var outcome = Decoded.Text(Mapped, "temp,time\n1,2026-01-01T00:00:00Z\nx,2026-01-01T00:00:01Z\n\"2,2026-01-01T00:00:02Z\n3\n4,2026-01-01T00:00:04Z,7\n5,2026-01-01T00:00:05Z\n");
        outcome.Readings.Select(reading => reading["temperature"]).ShouldBe([2d, 10d]);
        outcome.Errors.Select(error => (error.Row, error.Code)).ShouldBe([
            (1, DecodeErrorCode.InvalidNumber), (2, DecodeErrorCode.InvalidCsv), (3, DecodeErrorCode.MissingColumn), (4, DecodeErrorCode.TrailingBytes)]);
    }

    [Fact]
    public void An_empty_cell_is_no_value() =>
        Decoded.Text(Mapped, "temp,note,time\n,n,\n").Reading.Metrics.Keys.ShouldBe(["note"]);

    [Fact]
    public void A_header_may_come_with_the_connection()
    {
        Decoded.Text(Mapped, "5,2026-01-01T00:00:00Z", csvHeader: "temp,time").Reading["temperature"].ShouldBe(10d);
        Decoded.Text(Mapped, "time,temp\n2026-01-01T00:00:00Z,6", csvHeader: "temp,time").Reading["temperature"].ShouldBe(12d);
        Decoded.Text(Mapped, "5,2026-01-01T00:00:00Z").Error.ShouldBe(DecodeErrorCode.MissingHeader);
        Decoded.Text(Mapped, "time,other\n1,2").Error.ShouldBe(DecodeErrorCode.MissingColumn);
        Decoded.Text(Mapped, "temp,time\n").Status.ShouldBe(DecodeStatus.Filtered);
    }

    [Fact]
    public void A_header_line_is_told_from_values()
    {
        var output = new DecodeOutput();
        Mapped.IsCsvHeader("time,temp"u8, output).ShouldBeTrue();
        Mapped.IsCsvHeader("2026-01-01,5"u8, output).ShouldBeFalse();
        var open = Decoded.Compile("product_type: c\nformat: csv\n");
        open.IsCsvHeader("a,b"u8, output).ShouldBeTrue();
        open.IsCsvHeader("a,5"u8, output).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_mapping_every_column_is_a_metric()
    {
        var open = Decoded.Compile("product_type: c\nformat: csv\nconversion: {delimiter: ;, timestamp: {source: ts, format: auto}}\n");
        var reading = Decoded.Text(open, "ts;a;b;c\n1700000000;1.5;true;on\n").Reading;
        reading.Metrics.ShouldBe(new Dictionary<string, object> { ["a"] = 1.5, ["b"] = true, ["c"] = "on" }, ignoreOrder: true);
        reading.DeviceTime.ShouldBe("2023-11-14T22:13:20Z");
    }

    [Fact]
    public void Columns_may_be_named_by_the_spec()
    {
        var decoder = Decoded.Compile("product_type: c\nformat: csv\nconversion: {columns: [ts, t, h], timestamp: {source: ts, format: unix_s}, mapping: [{source: t, target: temperature, type: float}]}\n");
        var outcome = Decoded.Text(decoder, "1,25.5,60\n2,26,61");
        outcome.Readings.Select(reading => reading["temperature"]).ShouldBe([25.5, 26d]);
    }
}
