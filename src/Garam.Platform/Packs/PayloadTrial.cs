using System.Text;
using Garam.Decoding;
using Garam.Decoding.Specs;

namespace Garam.Platform.Packs;

/// <summary>Tries a payload against a spec's text, saved or not. Nothing is kept, and what is in force is not touched.</summary>
public static class PayloadTrial
{
    /// <summary>Readings shown of one payload; more are counted.</summary>
    public const int ReadingsMax = 50;

    /// <param name="spec">The spec's YAML.</param>
    /// <param name="file">What its problems name as the place.</param>
    /// <param name="payload">What a person pasted.</param>
    /// <param name="form">How to read it.</param>
    /// <param name="model">The device's model; null for none.</param>
    /// <param name="port">The application port; null for none.</param>
    /// <param name="nowUs">Taken for the time of receipt, Unix microseconds.</param>
    public static PayloadTrialResult Run(string spec, string file, string payload, PayloadForm form, string? model, int? port, long nowUs)
    {
        var parsed = SpecParser.Parse(spec, file);
        if (parsed.Spec is null)
            return new PayloadTrialResult { SpecProblems = parsed.Problems };
        if (form == PayloadForm.Automatic)
            form = parsed.Spec.Format == SpecFormat.HexBinary ? PayloadForm.Hex : PayloadForm.Text;
        if (form == PayloadForm.Text)
            return Decode(parsed.Spec, Encoding.UTF8.GetBytes(payload), false, model, port, nowUs);
        return HexPaste.TryRead(payload, out var bytes, out var wrongAt)
            ? Decode(parsed.Spec, bytes, true, model, port, nowUs)
            : new PayloadTrialResult { IsHex = true, WrongDigitAt = wrongAt };
    }

    private static PayloadTrialResult Decode(ProductSpec spec, byte[] payload, bool isHex, string? model, int? port, long nowUs)
    {
        var decoder = ProductDecoder.Compile(spec);
        var output = new DecodeOutput();
        var status = decoder.Decode(payload, new DecodeContext { ReceivedAtUs = nowUs, Model = model, Port = port }, output);
        var readings = new List<TriedReading>();
        foreach (var reading in output.Readings[..Math.Min(output.Readings.Length, ReadingsMax)])
            readings.Add(ReadingOf(decoder, output, reading));
        return new PayloadTrialResult
        {
            IsHex = isHex,
            Payload = payload,
            Readings = readings,
            ReadingCount = output.Readings.Length,
            Errors = output.Errors.ToArray(),
            ErrorCount = output.ErrorCount,
            IsFiltered = status == DecodeStatus.Filtered,
        };
    }

    private static TriedReading ReadingOf(ProductDecoder decoder, DecodeOutput output, DecodedReading reading)
    {
        var suspect = output.ViolationsOf(reading);
        var values = new List<TriedValue>(reading.ValueCount);
        foreach (ref readonly var value in output.ValuesOf(reading))
        {
            values.Add(new TriedValue(
                decoder.Metrics[value.Metric], value.Number, value.Kind == MetricKind.Text ? output.StringOf(value) : null, suspect.Contains(value.Metric)));
        }

        var missing = new List<string>();
        foreach (var metric in suspect)
        {
            var name = decoder.Metrics[metric].Name;
            if (!values.Exists(v => v.Metric.Name == name))
                missing.Add(name);
        }

        return new TriedReading(reading.HasDeviceTime ? reading.DeviceTimeUs : null, values, missing);
    }
}
