using Garam.Decoding.Specs;

namespace Garam.Decoding.Tests;

/// <summary>The products of the source documents, decoded as their text says.</summary>
public sealed class DocumentProductsTests
{
    private static ProductDecoder Pack(string path)
    {
        var file = Path.Combine(RepositoryFolder.Path, "packs", path);
        var result = SpecParser.Parse(File.ReadAllText(file), path);
        result.Problems.ShouldBeEmpty();
        return ProductDecoder.Compile(result.Spec!);
    }

    [Fact]
    public void Product_a_reads_fields_by_their_place()
    {
        var reading = Decoded.Hex(Pack("fleet/products/product_a.yaml"), "00FF 3C").Reading;
        reading["temperature"].ShouldBe(25.5);
        reading["humidity"].ShouldBe(60d);
    }

    [Fact]
    public void Product_b_reads_keys_in_any_order()
    {
        Decoded.Hex(Pack("fleet/products/product_b.yaml"), "0002 3C 0001 FFF6").Reading["temperature"].ShouldBe(-1d);
        Decoded.Hex(Pack("fleet/products/product_b.yaml"), "0001 00FF 0009 3C").Error.ShouldBe(DecodeErrorCode.UnknownKey);
    }

    [Theory]
    [InlineData("00FF3C AA 00018A88")]
    [InlineData("AA 00FF3C AA 00018A88")]
    [InlineData("AA01 00FF3C AA02 00018A88")]
    [InlineData("AA02 00018A88 AA01 00FF3C")]
    public void Product_c_merges_its_sections(string hex)
    {
        var reading = Decoded.Hex(Pack("fleet/products/product_c.yaml"), hex).Reading;
        reading["temperature"].ShouldBe(25.5);
        reading["humidity"].ShouldBe(60d);
        reading["pressure"].ShouldBe(1010d);
    }

    [Fact]
    public void Product_d_reads_rows_with_their_timestamp()
    {
        var reading = Decoded.Text(Pack("fleet/products/product_d.yaml"), "timestamp,temp,hum\n2026-03-01 10:00:00,25.5,60").Reading;
        reading["temperature"].ShouldBe(25.5);
        reading.DeviceTime.ShouldBe("2026-03-01T10:00:00Z");
    }

    [Fact]
    public void A_plc_tag_is_named_by_its_message()
    {
        var decoder = Pack("plant/products/plc-tag.yaml");
        var reading = Decoded.Text(decoder, """{"ts":"2025-08-17T12:00:00Z","site":"A1","line":"L1","device":"PUMP01","tag":"PRESS","value":12.3,"unit":"bar"}""").Reading;
        reading["PRESS"].ShouldBe(12.3);
        reading.DeviceTime.ShouldBe("2025-08-17T12:00:00Z");
        decoder.Metrics[0].Unit.ShouldBe("bar");
    }

    [Fact]
    public void The_discrete_record_has_its_parsers_names()
    {
        var reading = Decoded.Text(Pack("fire/products/fire-detector.yaml"), """
            {"deviceId":"TEST001","idx":1,"status":2048,"volt":220.0,"voltLow":220.0,"ct":5.0,"zct":0.5,"rzct":0.3,"pwr":1.1,"pcbTemp":35.0,
             "sensorTemp":37.0,"co":5.0,"voc":50.0,"pFct":0.95,"aArc":0,"timestamp":"2024-01-01T12:00:00Z"}
            """).Reading;
        reading["voltage"].ShouldBe(220d);
        reading["pcb_temperature"].ShouldBe(35d);
        reading["arc_alarm"].ShouldBe(true);
        reading["communication_error"].ShouldBe(false);
        reading.DeviceTime.ShouldBe("2024-01-01T12:00:00Z");
    }

    [Fact]
    public void Any_json_becomes_dotted_metrics()
    {
        var reading = Decoded.Text(Pack("fleet/products/generic-json.yaml"), """{"device_id":"x","ts":1700000000,"data":{"temp":25.5,"on":true,"mode":"auto","list":[1,{"a":2}]}}""").Reading;
        reading.Metrics.ShouldBe(new Dictionary<string, object>
        {
            ["data.temp"] = 25.5, ["data.on"] = true, ["data.mode"] = "auto", ["data.list.0"] = 1d, ["data.list.1.a"] = 2d,
        }, ignoreOrder: true);
        reading.DeviceTime.ShouldBe("2023-11-14T22:13:20Z");
    }
}
