using Garam.Decoding.Specs;

namespace Garam.Decoding.Tests;

/// <summary>The CSV example is YAML as the document prints it: its <c>output_schema</c> stands in a mapping.</summary>
public sealed class DocumentExamplesTests
{
    [Fact]
    public void Product_d_loads_as_the_document_prints_it()
    {
        var file = Path.Combine(RepositoryFolder.Path, "tests", "Garam.Decoding.Tests", "testdata", "document", "product_d.yaml");
        var decoder = Decoded.Compile(File.ReadAllText(file));
        var reading = Decoded.Text(decoder, "timestamp,temp,hum\n2026-03-01 10:00:00,25.5,60").Reading;
        reading["humidity"].ShouldBe(60d);
        reading.DeviceTime.ShouldBe("2026-03-01T10:00:00Z");
    }

    [Fact]
    public void The_iot_rule_of_the_fire_document_filters_and_renames()
    {
        var decoder = Decoded.Compile("""
            product_type: fire
            format: json
            sql: |
              SELECT
                  deviceId,
                  idx,
                  status,
                  volt,
                  voltLow,
                  ct as current,
                  zct as leakage_current,
                  rzct as resistive_leakage,
                  pwr as power,
                  pcbTemp,
                  sensorTemp,
                  co,
                  voc,
                  pFct as power_factor,
                  aArc as arc_count,
                  timestamp() as timestamp
              FROM 'fire-prediction/device/+/data'
              WHERE status < 4096
            """);
        var reading = Decoded.Text(decoder, """{"deviceId":"T1","idx":1,"status":2048,"volt":225.0,"ct":15.0,"aArc":3}""").Reading;
        reading["current"].ShouldBe(15d);
        reading["arc_count"].ShouldBe(3d);
        reading["deviceId"].ShouldBe("T1");
        reading.DeviceTime.ShouldBeNull();
        Decoded.Text(decoder, """{"deviceId":"T1","status":4096,"volt":225.0}""").Status.ShouldBe(DecodeStatus.Filtered);
    }
}
