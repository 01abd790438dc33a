using System.Text;
using Garam.Decoding.Specs;

namespace Garam.Decoding.Tests;

/// <summary>
/// Valid payloads and specs, mutated from a printed seed: nothing throws, everything stays within its limits, and the same bytes give the
/// same result from a fresh decoder, whatever the machine's culture. GARAM_FUZZ_ROUNDS makes it run longer.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("GARAM_FUZZ_ROUNDS"), out var rounds) ? rounds : 300;

    private static readonly string[] Scraps = ["-1", "{", "}", "[", ":", " ", "0x", "99999999999", "\"", "rest", "~"];

    private static readonly byte[][] Pieces =
    [
        "{"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), "}"u8.ToArray(), "\""u8.ToArray(), "\\"u8.ToArray(), "\\ud800"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(),
        "\n"u8.ToArray(), "1e999"u8.ToArray(), "-0"u8.ToArray(), "NaN"u8.ToArray(), "null"u8.ToArray(), "true"u8.ToArray(), "99999999999999999999"u8.ToArray(),
        [0xFF, 0xFF, 0xFF, 0xFF], [0x00], [0x80], [0x7F, 0xFF], [0xC3, 0x28], "0x"u8.ToArray(),
    ];

    [Fact]
    public void Mutated_payloads_never_throw_and_decode_the_same_twice()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var cases = Cases().ToList();
        cases.Count.ShouldBeGreaterThan(80);
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        var output = new DecodeOutput();
        foreach (var (spec, payload, port) in cases)
        {
            var decoder = ProductDecoder.Compile(spec);
            for (var round = 0; round < Rounds; round++)
            {
                // An open product that is full answers otherwise than a fresh one: that is what its limit means.
                if (round % 256 == 255) decoder = ProductDecoder.Compile(spec);
                var mutated = Mutate(payload, random);
                var context = new DecodeContext { ReceivedAtUs = 1, Port = random.Next(4) == 0 ? random.Next(256) : port };
                try
                {
                    var status = decoder.Decode(mutated, context, output);
                    CheckLimits(status, output);
                    var first = Text(decoder, output);
                    if (round % 16 != 0) continue;
                    System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
                    var fresh = ProductDecoder.Compile(spec);
                    var again = new DecodeOutput();
                    fresh.Decode(mutated, context, again).ShouldBe(status);
                    Text(fresh, again).ShouldBe(first);
                }
                catch (Exception failure) when (failure is not ShouldAssertException)
                {
                    throw new InvalidOperationException($"{spec.Id}, seed {seed}, payload {Convert.ToHexString(mutated)}", failure);
                }
                finally
                {
                    System.Globalization.CultureInfo.CurrentCulture = culture;
                }
            }
        }
    }

    [Fact]
    public void Mutated_specs_never_throw_and_what_loads_decodes()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var texts = Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "packs"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => file.Contains("products", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var output = new DecodeOutput();
        for (var round = 0; round < Rounds * 10; round++)
        {
            var text = MutateText(texts[random.Next(texts.Count)], texts[random.Next(texts.Count)], random);
            try
            {
                var result = SpecParser.Parse(text, "fuzz.yaml");
                (result.Spec is null).ShouldBe(result.Problems.Count > 0);
                if (result.Spec is null) continue;
                var payload = new byte[random.Next(64)];
                random.NextBytes(payload);
                ProductDecoder.Compile(result.Spec).Decode(payload, new DecodeContext { Port = random.Next(128) }, output);
            }
            catch (Exception failure) when (failure is not ShouldAssertException)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}:\n{text}", failure);
            }
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(11);
        var output = new DecodeOutput();
        var decoders = Cases().Select(item => item.Spec).DistinctBy(spec => spec.Id).Select(ProductDecoder.Compile).ToList();
        for (var round = 0; round < Rounds * 30; round++)
        {
            var payload = new byte[random.Next(round % 50 == 0 ? 5_000 : 60)];
            random.NextBytes(payload);
            var decoder = decoders[random.Next(decoders.Count)];
            CheckLimits(decoder.Decode(payload, new DecodeContext { Port = random.Next(128) }, output), output);
        }
    }

    private static void CheckLimits(DecodeStatus status, DecodeOutput output)
    {
        (status == DecodeStatus.Decoded).ShouldBe(output.Readings.Length > 0);
        if (status == DecodeStatus.Failed) output.ErrorCount.ShouldBeGreaterThan(0);
        output.Readings.Length.ShouldBeLessThanOrEqualTo(DecodingLimits.ReadingsMax);
        var values = 0;
        foreach (ref readonly var reading in output.Readings)
        {
            reading.FirstValue.ShouldBe(values);
            values += reading.ValueCount;
            reading.ValueCount.ShouldBeGreaterThanOrEqualTo(0);
            if (reading.HasDeviceTime) _ = DateTimeOffset.UnixEpoch.AddTicks(reading.DeviceTimeUs * 10);
        }

        output.Values.Length.ShouldBe(values);
        foreach (ref readonly var value in output.Values)
        {
            double.IsFinite(value.Number).ShouldBeTrue();
            if (value.Kind == MetricKind.Text) new UTF8Encoding(false, true).GetString(output.TextOf(value)).Length.ShouldBeLessThanOrEqualTo(DecodingLimits.TextBytesMax);
        }

        foreach (ref readonly var error in output.Errors) error.ToString().ShouldNotBeEmpty();
    }

    private static string Text(ProductDecoder decoder, DecodeOutput output)
    {
        var text = new StringBuilder();
        foreach (ref readonly var reading in output.Readings)
        {
            text.Append(reading.DeviceTimeUs).Append(' ').Append(reading.HubTimeUs).Append(' ').Append(reading.Flags).Append('\n');
            foreach (ref readonly var value in output.ValuesOf(reading))
                text.Append(decoder.Metrics[value.Metric].Name).Append(BitConverter.DoubleToInt64Bits(value.Number)).Append(Convert.ToHexString(output.TextOf(value))).Append('\n');
        }

        foreach (ref readonly var error in output.Errors) text.Append(error).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<(ProductSpec Spec, byte[] Payload, int? Port)> Cases()
    {
        var packs = Path.Combine(RepositoryFolder.Path, "packs");
        var specs = Directory.GetFiles(packs, "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "products")
            .Select(file => SpecParser.Parse(File.ReadAllText(file), file).Spec!).ToDictionary(spec => spec.Id);
        foreach (var expected in Directory.GetFiles(packs, "expected.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var item = PackCase.Read(Path.GetDirectoryName(expected)!);
            yield return (specs[item.Product], item.Payload, item.Port);
        }

        yield return (SpecParser.Parse("product_type: s\nformat: json\nsql: \"SELECT a + b AS sum, c FROM 'x' WHERE a > 0\"\n", "s").Spec!, """[{"a":1,"b":2,"c":"x"},{"a":0}]"""u8.ToArray(), null);
        yield return (SpecParser.Parse("product_type: r\nformat: hex_binary\nconversion: [{field: n, type: uint8}, {readings: {count: n}, conversion: [{field: a, type: float32}]}]\n", "r").Spec!, [2, 0, 0, 0, 1, 0, 0, 0, 2], null);
    }

    private static byte[] Mutate(byte[] payload, Random random)
    {
        var bytes = payload.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when bytes.Count > 0:
                    bytes[Math.Min(at, bytes.Count - 1)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(40), bytes.Count - at)));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private static string MutateText(string text, string other, Random random)
    {
        var lines = text.Split('\n').ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(lines.Count);
            switch (random.Next(5))
            {
                case 0:
                    lines.RemoveAt(at);
                    if (lines.Count == 0) lines.Add("");
                    break;
                case 1:
                    lines.Insert(at, other.Split('\n')[random.Next(other.Split('\n').Length)]);
                    break;
                case 2:
                    lines[at] = lines[at].Insert(random.Next(lines[at].Length + 1), Scraps[random.Next(Scraps.Length)]);
                    break;
                case 3 when lines[at].Length > 1:
                    lines[at] = lines[at].Remove(random.Next(lines[at].Length - 1), 1);
                    break;
                default:
                    lines[at] = lines[at].Replace("uint", "int", StringComparison.Ordinal).Replace("conversion", "mapping", StringComparison.Ordinal);
                    break;
            }
        }

        return string.Join('\n', lines);
    }
}
