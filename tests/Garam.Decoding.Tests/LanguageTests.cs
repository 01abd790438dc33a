namespace Garam.Decoding.Tests;

/// <summary>The parts of the spec language, one by one, on bytes.</summary>
public sealed class LanguageTests
{
    private const string Head = "product_type: p\nformat: hex_binary\n";

    private static object One(string field, string hex) =>
        Decoded.Hex(Decoded.Compile(Head + "conversion:\n  - {field: x, " + field + "}\n"), hex).Reading["x"];

    [Theory]
    [InlineData("type: int8", "FF", -1d)]
    [InlineData("type: uint8", "FF", 255d)]
    [InlineData("type: int16", "8000", -32768d)]
    [InlineData("type: int24", "FFFFFE", -2d)]
    [InlineData("type: uint24, byte_order: little", "010000", 1d)]
    [InlineData("type: int40", "FFFFFFFFFF", -1d)]
    [InlineData("type: int64", "FFFFFFFFFFFFFFFF", -1d)]
    [InlineData("type: uint64", "FFFFFFFFFFFFFFFF", 18446744073709551615d)]
    [InlineData("type: uint32, byte_order: little", "04030201", 16909060d)]
    [InlineData("type: uint32, byte_order: low_word_first", "03040102", 16909060d)]
    [InlineData("type: float32", "41C80000", 25d)]
    [InlineData("type: float32, byte_order: little", "0000C841", 25d)]
    [InlineData("type: float64", "4039000000000000", 25d)]
    [InlineData("type: bcd, length: 2", "1234", 1234d)]
    [InlineData("type: bcd, length: 2, byte_order: little, scale: 0.01", "3412", 12.34d)]
    [InlineData("type: unix_s", "65536F80", 1699966848d)]
    public void Numbers_are_read_by_their_type(string field, string hex, double expected) => One(field, hex).ShouldBe(expected);

    [Theory]
    [InlineData("type: ascii, length: 6", "414243200000", "ABC")]
    [InlineData("type: utf8, length: rest", "EAB080EB9E8C", "가람")]
    [InlineData("type: hex, length: 3", "0aB3fF", "0ab3ff")]
    [InlineData("type: version", "0108", "1.8")]
    [InlineData("type: uint8, enum: {0: closed, 1: open}", "01", "open")]
    [InlineData("type: uint8, enum: {0: closed, 1: open}", "07", "7")]
    public void Texts_are_read_by_their_type(string field, string hex, string expected) => One(field, hex).ShouldBe(expected);

    [Theory]
    [InlineData("type: int16, scale: 0.1", "0003", 0.3)]
    [InlineData("type: int16, scale: 0.1", "FFFD", -0.3)]
    [InlineData("type: uint16, scale: 0.01, bias: -40", "1003", 0.99)]
    [InlineData("type: uint8, scale: 1/3", "01", 1d / 3)]
    [InlineData("type: uint16, scale: 1e-3", "1000", 4.096)]
    [InlineData("type: uint8, polynomial: [1, 2, 3]", "02", 17d)]
    [InlineData("type: uint8, scale: 2, formula: x ^ 2 + 1", "03", 37d)]
    public void Scale_multiplies_then_bias_adds_and_decimals_stay_decimals(string field, string hex, double expected) =>
        One(field, hex).ShouldBe(expected);

    [Fact]
    public void Every_two_byte_figure_of_one_decimal_is_the_nearest_double()
    {
        var decoder = Decoded.Compile(Head + "conversion: [{field: x, type: int16, scale: 0.1, bias: -40}]");
        var output = new DecodeOutput();
        for (var raw = (int)short.MinValue; raw <= short.MaxValue; raw++)
        {
            decoder.Decode([(byte)(raw >> 8), (byte)raw], default, output);
            output.Values[0].Number.ShouldBe((double)((decimal)raw / 10 - 40));
        }
    }

    [Fact]
    public void Bits_stand_beside_their_field()
    {
        var decoder = Decoded.Compile(Head + "conversion: [{field: flags, type: uint8, bits: {door_open: 0, low_battery: 1, mode: 4..6, gear: {at: 4..6, enum: {5: fast}}, rest: {at: 4..6, signed: true}, shut: {at: 0, inverted: true}}}]");
        var reading = Decoded.Hex(decoder, "D1").Reading;
        reading.Metrics.ShouldBe(new Dictionary<string, object>
        {
            ["flags"] = 209d, ["door_open"] = true, ["low_battery"] = false, ["mode"] = 5d, ["gear"] = "fast", ["rest"] = -3d, ["shut"] = false,
        }, ignoreOrder: true);
    }

    [Fact]
    public void A_raw_number_may_stand_for_no_value()
    {
        var decoder = Decoded.Compile(Head + "conversion: [{field: a, type: uint16, absent: 0xFFFF}, {field: b, type: uint8}]");
        Decoded.Hex(decoder, "FFFF01").Reading.Metrics.Keys.ShouldBe(["b"]);
    }

    [Fact]
    public void An_optional_field_may_be_missing_at_the_end()
    {
        var decoder = Decoded.Compile(Head + "conversion: [{field: a, type: uint8}, {field: b, type: uint16, optional: true}]");
        Decoded.Hex(decoder, "01").Reading.Metrics.Keys.ShouldBe(["a"]);
        Decoded.Hex(decoder, "010002").Reading["b"].ShouldBe(2d);
    }

    [Fact]
    public void Bytes_left_over_are_ignored_unless_the_spec_says_reject()
    {
        Decoded.Hex(Decoded.Compile(Head + "conversion: [{field: a, type: uint8}]"), "01FF").Reading["a"].ShouldBe(1d);
        Decoded.Hex(Decoded.Compile(Head + "trailing_bytes: reject\nconversion: [{field: a, type: uint8}]"), "01FF").Error.ShouldBe(DecodeErrorCode.TrailingBytes);
    }

    [Fact]
    public void Rounds_at_the_end_are_readings_of_their_own()
    {
        var decoder = Decoded.Compile(Head + """
            conversion:
              - {field: battery, type: uint8}
              - {field: rounds, type: uint8}
              - readings: {count: rounds}
                conversion: [{field: device_timestamp, type: unix_s}, {field: temperature, type: int8}]
            """);
        var outcome = Decoded.Hex(decoder, "64 02 00000001 05 00000002 06");
        outcome.Readings.Select(reading => reading.DeviceTime).ShouldBe([null, "1970-01-01T00:00:01Z", "1970-01-01T00:00:02Z"]);
        outcome.Readings[2]["temperature"].ShouldBe(6d);

        var short1 = Decoded.Hex(decoder, "64 FF 00000001 05");
        short1.Readings.Count.ShouldBe(2);
        short1.Error.ShouldBe(DecodeErrorCode.Truncated);
    }

    [Fact]
    public void Keys_with_a_channel_stand_for_one_key_per_channel()
    {
        var decoder = Decoded.Compile(Head + "parsing_type: key_value\nconversion: [{key: \"0x{channel}67\", channels: 1..3, field: \"temperature_{channel}\", type: int16, scale: 0.1}]");
        Decoded.Hex(decoder, "0267 00FF 0167 0001").Reading.Metrics.ShouldBe(new Dictionary<string, object> { ["temperature_2"] = 25.5, ["temperature_1"] = 0.1 }, ignoreOrder: true);
        Decoded.Hex(decoder, "0467 00FF").Error.ShouldBe(DecodeErrorCode.UnknownKey);
    }

    [Fact]
    public void Unknown_keys_are_skipped_only_where_the_spec_says_how_far()
    {
        const string keys = "parsing_type: key_value\nconversion: [{key: 0x01, field: a, type: uint8}]\n";
        Decoded.Hex(Decoded.Compile(Head + keys), "02FFFF 0105").Error.ShouldBe(DecodeErrorCode.UnknownKey);
        Decoded.Hex(Decoded.Compile(Head + keys + "unknown_keys: {skip_length: 2}"), "02FFFF 0105").Reading["a"].ShouldBe(5d);
        Decoded.Hex(Decoded.Compile(Head + keys + "length_prefix: 1\nunknown_keys: skip"), "02 02 FFFF 01 01 05").Reading["a"].ShouldBe(5d);
    }

    [Theory]
    [InlineData("crc16_modbus", "01 03", "0x2140")]
    public void A_frame_with_the_wrong_checksum_is_refused(string type, string body, string computed)
    {
        var decoder = Decoded.Compile(Head + $"checksum: {{type: {type}, at: end}}\nconversion: [{{field: a, type: uint8}}, {{field: b, type: uint8}}]");
        Decoded.Hex(decoder, body + "4021").Reading["b"].ShouldBe(3d);
        var outcome = Decoded.Hex(decoder, body + "4022");
        outcome.Error.ShouldBe(DecodeErrorCode.ChecksumMismatch);
        outcome.Errors[0].ToString().ShouldContain(computed);
    }

    [Fact]
    public void A_model_changes_what_it_names_and_nothing_else()
    {
        var decoder = Decoded.Compile(Head + """
            conversion:
              - {field: temperature, type: int16, scale: 0.1, unit: celsius}
              - {field: humidity, type: uint8}
            models:
              A-2: {conversion: [{field: temperature, scale: 0.01}]}
            """);
        Decoded.Hex(decoder, "00FF3C").Reading["temperature"].ShouldBe(25.5);
        Decoded.Hex(decoder, "00FF3C", model: "A-2").Reading.Metrics.ShouldBe(new Dictionary<string, object> { ["temperature"] = 2.55, ["humidity"] = 60d }, ignoreOrder: true);
        Decoded.Hex(decoder, "00FF3C", model: "A-9").Reading["temperature"].ShouldBe(25.5);
        decoder.Metrics.Count.ShouldBe(2);
    }

    [Fact]
    public void A_broken_contract_flags_or_rejects()
    {
        const string spec = "conversion: [{field: temperature, type: int8, valid: {min: -40, max: 85}}, {field: humidity, type: uint8, optional: true}]\n";
        var flagging = Decoded.Compile(Head + spec + "contract: {required: [humidity]}");
        Decoded.Hex(flagging, "5A").Reading.Violations.ShouldBe(["temperature", "humidity"]);
        Decoded.Hex(flagging, "1905").Reading.Violations.ShouldBeEmpty();

        var rejecting = Decoded.Compile(Head + spec + "contract: {required: [humidity], on_violation: reject}");
        Decoded.Hex(rejecting, "19").Error.ShouldBe(DecodeErrorCode.ContractViolation);
        Decoded.Hex(rejecting, "19").Errors[0].ToString().ShouldContain("humidity");
    }

    [Fact]
    public void Not_a_number_is_no_value_and_marks_the_reading()
    {
        var reading = Decoded.Hex(Decoded.Compile(Head + "conversion: [{field: a, type: float32}, {field: b, type: uint8}]"), "7FC00000 01").Reading;
        reading.Metrics.Keys.ShouldBe(["b"]);
        reading.Violations.ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("0x0", DecodeErrorCode.InvalidHexText)]
    [InlineData("0x00FG3C", DecodeErrorCode.InvalidHexText)]
    [InlineData("0x00 FF 3C", DecodeErrorCode.InvalidHexText)]
    [InlineData("0x00ff3c", DecodeErrorCode.None)]
    [InlineData("0X00FF3C\r\n", DecodeErrorCode.None)]
    public void Bytes_may_come_as_text(string text, DecodeErrorCode expected)
    {
        var decoder = Decoded.Compile(Head + "conversion: [{field: a, type: uint16}, {field: b, type: uint8}]");
        var outcome = Decoded.Text(decoder, text);
        if (expected == DecodeErrorCode.None) outcome.Reading["a"].ShouldBe(255d);
        else outcome.Error.ShouldBe(expected);
    }

    [Fact]
    public void An_empty_payload_and_no_fitting_variant_are_told()
    {
        var decoder = Decoded.Compile(Head + "variants: [{when: {port: 1, bytes: {1: 0x02}}, conversion: [{field: a, type: uint8}]}]");
        Decoded.Hex(decoder, "").Error.ShouldBe(DecodeErrorCode.EmptyPayload);
        Decoded.Hex(decoder, "0102", port: 2).Error.ShouldBe(DecodeErrorCode.NoVariant);
        Decoded.Hex(decoder, "0102").Error.ShouldBe(DecodeErrorCode.NoVariant);
        Decoded.Hex(decoder, "01", port: 1).Error.ShouldBe(DecodeErrorCode.NoVariant);
        Decoded.Hex(decoder, "0102", port: 1).Reading["a"].ShouldBe(1d);
    }
}
