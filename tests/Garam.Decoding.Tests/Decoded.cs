using System.Globalization;
using System.Text;
using Garam.Decoding.Specs;

namespace Garam.Decoding.Tests;

/// <summary>Decoding as tests say it: a spec's text and a payload in, figures by name out.</summary>
internal static class Decoded
{
    public static ProductDecoder Compile(string yaml)
    {
        var result = SpecParser.Parse(yaml, "spec.yaml");
        result.Problems.ShouldBeEmpty();
        return ProductDecoder.Compile(result.Spec.ShouldNotBeNull());
    }

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static Outcome Hex(ProductDecoder decoder, string hex, int? port = null, string? model = null) =>
        Run(decoder, Bytes(hex), port, model);

    public static Outcome Text(ProductDecoder decoder, string text, string? csvHeader = null) =>
        Run(decoder, Encoding.UTF8.GetBytes(text), csvHeader: csvHeader);

    public static Outcome Run(ProductDecoder decoder, byte[] payload, int? port = null, string? model = null, string? csvHeader = null)
    {
        var output = new DecodeOutput();
        var context = new DecodeContext
        {
            ReceivedAtUs = 1_770_000_000_000_000,
            Port = port,
            Model = model,
            CsvHeader = csvHeader is null ? default : Encoding.UTF8.GetBytes(csvHeader),
        };
        var status = decoder.Decode(payload, context, output);
        var readings = new List<Figures>();
        foreach (ref readonly var reading in output.Readings)
        {
            var figures = new Dictionary<string, object>(StringComparer.Ordinal);
            foreach (ref readonly var value in output.ValuesOf(reading))
                figures.Add(decoder.Metrics[value.Metric].Name, Plain(value, output));
            var violations = new List<string>();
            foreach (var metric in output.ViolationsOf(reading)) violations.Add(decoder.Metrics[metric].Name);
            readings.Add(new Figures(figures, Time(reading.DeviceTimeUs), Time(reading.HubTimeUs), violations));
        }

        return new Outcome(status, readings, output.Errors.ToArray(), output.ErrorCount);
    }

    private static object Plain(in DecodedValue value, DecodeOutput output) => value.Kind switch
    {
        MetricKind.Number => value.Number,
        MetricKind.Boolean => value.IsTrue,
        _ => output.StringOf(value),
    };

    private static string? Time(long us) => us == DecodedReading.NoTime
        ? null
        : DateTimeOffset.UnixEpoch.AddTicks(us * 10).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
