using System.CommandLine;
using System.Text;
using System.Text.Json;
using Garam.Decoding;
using Garam.Hosting;
using Garam.Platform.Packs;
using Garam.Platform.Rest;
using Garam.Platform.Telemetry;

namespace Garam.Commands;

/// <summary><c>./garam decode --product ID (--hex | --text | --file)</c>: what a payload becomes; nothing is stored.</summary>
internal static class DecodeCommand
{
    private static readonly Option<string> Product = new("--product") { Description = "Product id", Required = true };
    private static readonly Option<string?> Hex = new("--hex") { Description = "Payload in hexadecimal, 0x…" };
    private static readonly Option<string?> Text = new("--text") { Description = "Payload as text" };
    private static readonly Option<FileInfo?> FromFile = new("--file") { Description = "File that holds the payload" };
    private static readonly Option<string?> Model = new("--model") { Description = "Device model" };
    private static readonly Option<int?> Port = new("--port") { Description = "Application port (LoRaWAN fPort)" };
    private static readonly Option<string?> Packs = new("--packs-path") { Description = "Folder of packs (default: the program's own)" };
    private static readonly Option<bool> Json = new("--json") { Description = "Standard telemetry as JSON, a reading a line" };

    public static Command Create()
    {
        var command = new Command("decode", "Shows what a payload becomes; nothing is stored.") { Product, Hex, Text, FromFile, Model, Port, Packs, Json };
        command.Validators.Add(result =>
        {
            var given = (result.GetValue(Hex) is null ? 0 : 1) + (result.GetValue(Text) is null ? 0 : 1) + (result.GetValue(FromFile) is null ? 0 : 1);
            if (given != 1)
                result.AddError("Give the payload once: --hex, --text or --file.");
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var packs = PackFolder.Find(PackRoot.Find(result.GetValue(Packs) ?? ""), [], out var problem);
        if (problem is not null)
            return Fail(problem);
        var set = PackSnapshot.Read(packs);
        var id = result.GetValue(Product)!;
        if (!set.TryGetProduct(id, out var product))
            return Fail($"There is no product '{id}'. There are: {string.Join(", ", set.Products.Select(p => p.Id).Order(StringComparer.Ordinal))}.");
        if (!TryReadPayload(result, out var payload, out var wrong))
            return Fail(wrong);

        var output = new DecodeOutput();
        var now = TimeParameter.ToUs(DateTimeOffset.UtcNow);
        var status = product.Decoder.Decode(
            payload, new DecodeContext { ReceivedAtUs = now, Model = result.GetValue(Model), Port = result.GetValue(Port) }, output);
        foreach (var error in output.Errors)
            Console.Error.WriteLine($"{id}: {error}");
        if (status == DecodeStatus.Filtered)
            Console.Error.WriteLine($"{id}: the payload is left out (WHERE is false, or it is a header line)");
        foreach (var reading in output.Readings)
        {
            if (result.GetValue(Json))
                Console.WriteLine(ToJson(product, output, reading, now));
            else
                Write(product, output, reading);
        }

        return output.ErrorCount == 0 ? ExitCode.Done : ExitCode.Input;
    }

    private static bool TryReadPayload(ParseResult result, out byte[] payload, out string problem)
    {
        payload = [];
        problem = "";
        try
        {
            if (result.GetValue(Hex) is { } hex)
                payload = Convert.FromHexString(hex.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? hex[2..] : hex);
            else if (result.GetValue(Text) is { } text)
                payload = Encoding.UTF8.GetBytes(text);
            else
                payload = File.ReadAllBytes(result.GetValue(FromFile)!.FullName);
            return true;
        }
        catch (FormatException)
        {
            problem = "--hex: not pairs of hexadecimal digits. Write for example 0x00FF3C.";
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"--file: {e.Message}";
            return false;
        }
    }

    private static void Write(Product product, DecodeOutput output, DecodedReading reading)
    {
        if (reading.HasDeviceTime)
            Console.WriteLine($"time  {TimeParameter.Format(reading.DeviceTimeUs)}");
        var suspect = output.ViolationsOf(reading).ToArray();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var metric in ValuesOf(product, output, reading))
        {
            var flagged = suspect.Any(v => product.Decoder.Metrics[v].Name == metric.Name) ? "out of its valid range" : "";
            rows.Add([metric.Name, metric.Text ?? (metric.Kind == MetricKind.Boolean ? (metric.Number != 0 ? "true" : "false") : JsonSerializer.Serialize(metric.Number, Plain)), metric.Unit ?? "", flagged]);
        }

        Lines.WriteTable(["metric", "value", "unit", "note"], rows);
    }

    private static readonly JsonSerializerOptions Plain = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static string ToJson(Product product, DecodeOutput output, DecodedReading reading, long now)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = TelemetryJson.Encoder }))
        {
            TelemetryJson.Write(json, new TelemetryEvent(
                "", product.Id, null, reading.HasDeviceTime ? reading.DeviceTimeUs : now, reading.HasDeviceTime,
                reading.HasHubTime ? reading.HubTimeUs : null, now, ValuesOf(product, output, reading)));
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<MetricValue> ValuesOf(Product product, DecodeOutput output, DecodedReading reading)
    {
        var values = new List<MetricValue>();
        foreach (ref readonly var value in output.ValuesOf(reading))
        {
            var metric = product.Decoder.Metrics[value.Metric];
            values.Add(new MetricValue(metric.Name, value.Kind, value.Number, value.Kind == MetricKind.Text ? output.StringOf(value) : null, metric.Unit));
        }

        return values;
    }

    private static int Fail(string problem)
    {
        Console.Error.WriteLine(problem);
        return ExitCode.Input;
    }
}
