namespace Garam.Decoding.Tests;

/// <summary>JSON messages: mappings, lists, open messages, and what is no JSON.</summary>
public sealed class JsonTests
{
    private static readonly ProductDecoder Open = Decoded.Compile("product_type: j\nformat: json\n");

    private static readonly ProductDecoder Mapped = Decoded.Compile("""
        product_type: j
        format: json
        conversion:
          mapping:
            - {source: data.temp, target: temperature, type: float, unit: celsius, scale: 0.1}
            - {source: "list[1].v", target: second, type: int}
            - {source: on, target: running, type: bool}
            - {source: name, target: name, type: text}
        """);

    [Fact]
    public void Mapped_values_are_found_by_their_path()
    {
        var reading = Decoded.Text(Mapped, """ { "x" : [1, {"deep": [[]]}, "s"], "data" : { "temp" : 255, "z": null }, "list": [ {"v":1}, {"v": 2} ], "on": 1, "name": "pump \"A\" \uAC00\uD83D\uDE00" } """).Reading;
        reading.Metrics.ShouldBe(new Dictionary<string, object> { ["temperature"] = 25.5, ["second"] = 2d, ["running"] = true, ["name"] = "pump \"A\" 가😀" }, ignoreOrder: true);
    }

    [Fact]
    public void A_quoted_number_is_a_number_where_the_spec_says_number() =>
        Decoded.Text(Mapped, """{"data":{"temp":" 255 "}}""").Reading["temperature"].ShouldBe(25.5);

    [Theory]
    [InlineData("""{"data":{"temp":"NaN"}}""", DecodeErrorCode.InvalidNumber)]
    [InlineData("""{"data":{"temp":{}}}""", DecodeErrorCode.WrongType)]
    [InlineData("""{"data":{"temp":1e400}}""", DecodeErrorCode.NumberOutOfRange)]
    [InlineData("""{"list":[{},{"v":1.5}]}""", DecodeErrorCode.WrongType)]
    [InlineData("""{"name":5}""", DecodeErrorCode.WrongType)]
    [InlineData("""{"other":5}""", DecodeErrorCode.NothingDecoded)]
    public void A_value_that_does_not_fit_fails_the_reading(string text, DecodeErrorCode expected) =>
        Decoded.Text(Mapped, text).Error.ShouldBe(expected);

    [Theory]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("nothing")]
    [InlineData("5")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a" 1}""")]
    [InlineData("""{"a":01}""")]
    [InlineData("""{"a":1.}""")]
    [InlineData("""{"a":.5}""")]
    [InlineData("""{"a":+5}""")]
    [InlineData("""{"a":-}""")]
    [InlineData("""{"a":1e}""")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("""{"a":Infinity}""")]
    [InlineData("""{"a":tru}""")]
    [InlineData("""{"a":"\x"}""")]
    [InlineData("""{"a":"\u12g4"}""")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("""{'a':1}""")]
    [InlineData("""[{"a":1},]""")]
    [InlineData("""{"a":1}{"a":2}""")]
    public void What_is_no_json_is_refused(string text)
    {
        Decoded.Text(Open, text).Error.ShouldBe(DecodeErrorCode.InvalidJson);
        Decoded.Text(Mapped, text).Error.ShouldBe(DecodeErrorCode.InvalidJson);
    }

    [Fact]
    public void Nesting_is_followed_to_a_limit()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 10_000));
        Decoded.Text(Open, deep).Error.ShouldBe(DecodeErrorCode.TooDeep);
        Decoded.Text(Mapped, deep).Error.ShouldBe(DecodeErrorCode.TooDeep);
        Decoded.Text(Mapped, "{\"q\":" + new string('[', 100_000)).Error.ShouldBe(DecodeErrorCode.TooDeep);
    }

    [Fact]
    public void Invalid_utf8_is_refused() =>
        Decoded.Run(Open, [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8]).Error.ShouldBe(DecodeErrorCode.InvalidUtf8);

    [Fact]
    public void The_last_of_equal_keys_counts()
    {
        Decoded.Text(Open, """{"a":1,"b":5,"a":2}""").Reading["a"].ShouldBe(2d);
        Decoded.Text(Mapped, """{"name":"x","name":"y"}""").Reading["name"].ShouldBe("y");
    }

    [Fact]
    public void A_key_may_be_a_number_now_and_a_text_or_an_object_then()
    {
        var decoder = Decoded.Compile("product_type: j\nformat: json\n");
        Decoded.Text(decoder, """{"a":1}""").Reading["a"].ShouldBe(1d);
        Decoded.Text(decoder, """{"a":"on"}""").Reading["a"].ShouldBe("on");
        Decoded.Text(decoder, """{"a":{"b":true}}""").Reading["a.b"].ShouldBe(true);
        Decoded.Text(decoder, """{"a":2}""").Reading["a"].ShouldBe(2d);
        decoder.Metrics.Select(metric => (metric.Name, metric.Kind)).ShouldBe([("a", MetricKind.Number), ("a", MetricKind.Text), ("a.b", MetricKind.Boolean)]);
    }

    [Fact]
    public void Each_element_of_a_list_is_a_reading_with_what_stands_beside_the_list()
    {
        var decoder = Decoded.Compile("""
            product_type: j
            format: json
            conversion:
              each: data.records
              timestamp: {source: t, format: unix_s}
              mapping:
                - {source: v, target: value, type: float}
                - {source: $.battery, target: battery, type: float}
                - {source: $.mode, target: mode, type: text}
            """);
        var outcome = Decoded.Text(decoder, """{"mode":"eco","data":{"records":[{"t":1,"v":1.5},{"t":"x","v":2},{"t":3,"v":3},7]},"battery":88}""");
        outcome.Readings.Count.ShouldBe(2);
        outcome.ErrorCount.ShouldBe(2);
        outcome.Errors.Select(error => (error.Row, error.Code)).ShouldBe([(1, DecodeErrorCode.InvalidNumber), (3, DecodeErrorCode.WrongType)]);
        outcome.Readings[1].Metrics.ShouldBe(new Dictionary<string, object> { ["value"] = 3d, ["battery"] = 88d, ["mode"] = "eco" }, ignoreOrder: true);
        outcome.Readings[1].DeviceTime.ShouldBe("1970-01-01T00:00:03Z");
        Decoded.Text(decoder, """{"battery":88}""").Error.ShouldBe(DecodeErrorCode.NotFound);
    }

    [Fact]
    public void A_list_of_messages_is_many_readings() =>
        Decoded.Text(Open, """[{"a":1},{"a":2},{"a":3}]""").Readings.Select(reading => reading["a"]).ShouldBe([1d, 2d, 3d]);

    [Theory]
    [InlineData("iso8601", "\"2026-03-01T10:00:00.123456+09:00\"", "2026-03-01T01:00:00.123456Z")]
    [InlineData("iso8601", "\"2026-03-01 10:00\"", "2026-03-01T10:00:00Z")]
    [InlineData("unix_s", "1700000000.25", "2023-11-14T22:13:20.25Z")]
    [InlineData("unix_ms", "1700000000250", "2023-11-14T22:13:20.25Z")]
    [InlineData("auto", "1700000000", "2023-11-14T22:13:20Z")]
    [InlineData("auto", "\"1700000000250\"", "2023-11-14T22:13:20.25Z")]
    [InlineData("auto", "\"2026-03-01T10:00:00Z\"", "2026-03-01T10:00:00Z")]
    public void Times_are_read_by_their_format(string format, string text, string expected) =>
        Decoded.Text(Timed(format), "{\"ts\":" + text + ",\"v\":1}").Reading.DeviceTime.ShouldBe(expected);

    [Theory]
    [InlineData("iso8601", "\"2026-02-30T10:00:00Z\"")]
    [InlineData("iso8601", "\"yesterday\"")]
    [InlineData("iso8601", "5")]
    [InlineData("unix_s", "1e30")]
    [InlineData("auto", "\"2026-13-01T00:00:00Z\"")]
    public void A_time_that_is_none_fails_the_reading(string format, string text) =>
        Decoded.Text(Timed(format), "{\"ts\":" + text + ",\"v\":1}").Error.ShouldBe(DecodeErrorCode.InvalidTimestamp);

    [Fact]
    public void An_open_product_has_a_bounded_number_of_metrics()
    {
        var decoder = Decoded.Compile("product_type: j\nformat: json\n");
        var text = "{" + string.Join(",", Enumerable.Range(0, 2_000).Select(i => $"\"k{i}\":{i}")) + "}";
        var outcome = Decoded.Text(decoder, text);
        outcome.Reading["k0"].ShouldBe(0d);
        outcome.ErrorCount.ShouldBe(2_000 - DecodingLimits.MetricsMax);
        outcome.Errors[0].Code.ShouldBe(DecodeErrorCode.TooManyMetrics);
        decoder.Metrics.Count.ShouldBe(DecodingLimits.MetricsMax);
        for (var i = 0; i < 3_000; i++) Decoded.Text(decoder, "{\"o" + i + "\":{\"p\":{}}}");
        Decoded.Text(decoder, """{"k7":5}""").Reading["k7"].ShouldBe(5d);
    }

    [Fact]
    public void Long_texts_of_an_open_message_are_no_metrics()
    {
        var text = "{\"a\":1,\"doc\":\"" + new string('x', 5_000) + "\"}";
        Decoded.Text(Open, text).Reading.Metrics.Keys.ShouldBe(["a"]);
        Decoded.Text(Mapped, "{\"name\":\"" + new string('x', 200) + "\"}").Error.ShouldBe(DecodeErrorCode.TextTooLong);
    }

    [Fact]
    public void A_named_metric_keeps_the_unit_of_its_message()
    {
        var decoder = Decoded.Compile("product_type: j\nformat: json\nconversion: {mapping: [{name_from: tag, value_from: value, unit_from: unit}]}\n");
        Decoded.Text(decoder, """{"tag":"PRESS","value":1,"unit":"bar"}""").Reading["PRESS"].ShouldBe(1d);
        Decoded.Text(decoder, """{"tag":"PRESS","value":100,"unit":"kPa"}""").Reading["PRESS"].ShouldBe(100d);
        decoder.Metrics.Select(metric => metric.Unit).ShouldBe(["bar", "kPa"]);
        Decoded.Text(decoder, """{"value":100}""").Error.ShouldBe(DecodeErrorCode.NotFound);
        Decoded.Text(decoder, """{"tag":"","value":100}""").Error.ShouldBe(DecodeErrorCode.InvalidName);
        Decoded.Text(decoder, """{"tag":"MODE","value":"auto"}""").Reading["MODE"].ShouldBe("auto");
    }

    [Fact]
    public void A_select_computes_and_filters()
    {
        var decoder = Decoded.Compile("product_type: j\nformat: json\nsql: \"SELECT a + b AS sum, d.e AS e, name FROM 'x/#' WHERE a > 0 AND name <> 'test'\"\n");
        var reading = Decoded.Text(decoder, """{"a":1,"b":2.5,"d":{"e":true},"name":"n1"}""").Reading;
        reading.Metrics.ShouldBe(new Dictionary<string, object> { ["sum"] = 3.5, ["e"] = true, ["name"] = "n1" }, ignoreOrder: true);
        Decoded.Text(decoder, """{"a":0,"b":2.5}""").Status.ShouldBe(DecodeStatus.Filtered);
        Decoded.Text(decoder, """{"a":1,"b":2.5,"name":"test"}""").Status.ShouldBe(DecodeStatus.Filtered);
        Decoded.Text(decoder, """[{"a":1,"b":1,"name":"x"},{"a":0,"name":"x"},{"a":2,"b":1,"name":"x"}]""").Readings.Select(row => row["sum"]).ShouldBe([2d, 3d]);
    }

    private static ProductDecoder Timed(string format) => Decoded.Compile(
        $"product_type: j\nformat: json\nconversion: {{timestamp: {{source: ts, format: {format}}}, mapping: [{{source: v, target: v, type: float}}]}}\n");
}
