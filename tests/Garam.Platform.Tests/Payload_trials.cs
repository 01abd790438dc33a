using Garam.Decoding;
using Garam.Platform.Packs;

namespace Garam.Platform.Tests;

public sealed class Payload_trials
{
    private const string Bytes = """
        product_type: a
        format: hex_binary
        parsing_type: length_based
        conversion:
          - {field: temperature, offset: 0, length: 2, type: int16, scale: 0.1, unit: celsius, valid: {min: -40, max: 60}}
          - {field: humidity, offset: 2, length: 1, type: uint8, unit: percent}
        models:
          fine: {conversion: [{field: temperature, scale: 0.01}]}
        """;

    [Theory]
    [InlineData("0x00FF3C")]
    [InlineData("00ff3c")]
    [InlineData(" 00 FF\n3C ")]
    [InlineData("00:FF:3C")]
    [InlineData("00-ff-3c")]
    [InlineData("0x00, 0xFF, 0x3C")]
    public void Hexadecimal_is_read_as_people_paste_it(string pasted)
    {
        var result = Try(Bytes, pasted);
        result.Payload.ShouldBe([0x00, 0xFF, 0x3C]);
        result.Readings.ShouldHaveSingleItem().Values.Select(v => (v.Metric.Name, v.Number, v.Metric.Unit)).ShouldBe([("temperature", 25.5, "celsius"), ("humidity", 60, "percent")]);
    }

    [Theory]
    [InlineData("00FG", 3)]
    [InlineData("00 FF 3", 7)]
    [InlineData("0x00FF3C;", 8)]
    [InlineData("온도", 0)]
    public void What_is_no_hexadecimal_says_where(string pasted, int at)
    {
        var result = Try(Bytes, pasted);
        result.WrongDigitAt.ShouldBe(at);
        result.Readings.ShouldBeEmpty();
    }

    [Fact]
    public void An_error_says_where_in_the_payload_it_is()
    {
        var result = Try(Bytes, "00FF");
        var error = result.Errors.ShouldHaveSingleItem();
        (error.Code, error.Subject).ShouldBe((DecodeErrorCode.Truncated, "humidity"));
        result.ReadingCount.ShouldBe(0);
    }

    [Fact]
    public void The_model_and_what_is_out_of_range_are_told()
    {
        Try(Bytes, "00FF3C", model: "fine").Readings.Single().Values[0].Number.ShouldBe(2.55);
        Try(Bytes, "03E83C").Readings.Single().Values.Select(v => v.IsSuspect).ShouldBe([true, false]);
    }

    [Fact]
    public void Text_is_decoded_as_it_stands_and_many_readings_are_counted_and_cut()
    {
        const string csv = "product_type: c\nformat: csv\nconversion: {delimiter: ',', header: true, mapping: [{source: t, target: t, type: float}]}\n";
        var result = Try(csv, "t\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"{i}\n")) + "warm\n");
        (result.ReadingCount, result.Readings.Count, result.ErrorCount).ShouldBe((80, PayloadTrial.ReadingsMax, 1));
        result.Errors.Single().Row.ShouldBe(80);
        Try(csv, "t\n").IsFiltered.ShouldBeTrue();
    }

    [Fact]
    public void A_required_metric_that_is_not_there_is_named()
    {
        const string json = "product_type: j\nformat: json\ncontract: {required: [u]}\n";
        var result = Try(json, """{"t":1}""");
        result.Readings.ShouldHaveSingleItem().Missing.ShouldBe(["u"]);
    }

    [Fact]
    public void A_spec_with_mistakes_decodes_nothing_and_says_them()
    {
        var result = Try(Bytes.Replace("hex_binary", "morse", StringComparison.Ordinal), "00FF3C");
        result.SpecProblems.ShouldNotBeEmpty();
        result.Payload.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_is_pasted_throws()
    {
        var random = new Random(11);
        for (var i = 0; i < 2_000; i++)
        {
            var pasted = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => "0xFf 3:-,가\ud83d\n{}\""[random.Next(15)]));
            foreach (var form in Enum.GetValues<PayloadForm>())
                _ = PayloadTrial.Run(Bytes, "a.yaml", pasted, form, null, null, 0);
        }
    }

    private static PayloadTrialResult Try(string spec, string pasted, string? model = null) =>
        PayloadTrial.Run(spec, "spec.yaml", pasted, PayloadForm.Automatic, model, null, 1_000_000);
}
