using System.Runtime.CompilerServices;
using Garam.Bench.Load;
using Garam.Bench.Servers;
using Garam.Decoding;
using Garam.Decoding.Specs;
using Garam.Simulate;

namespace Garam.Tests.Simulate;

/// <summary>What simulators and the load generator send is what the products' specs say.</summary>
public sealed class Payloads_decode_Tests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, ProductDecoder> _decoders = [];

    [Theory]
    [InlineData("fleet")]
    [InlineData("fire")]
    [InlineData("plant")]
    public void Every_message_of_a_day_decodes_without_a_violation(string pack)
    {
        foreach (var profile in PackSimulators.Profiles(pack))
        {
            var simulator = PackSimulators.Create(pack, 15, profile, seed: 3);
            for (var minute = 0; minute < 24 * 60; minute += 17)
            {
                for (var source = 0; source < simulator.SourceCount; source++)
                {
                    if (simulator.Next(source, Start.AddMinutes(minute)) is { } message)
                        Decode(Decoder(pack, ProductOf(simulator, message.Topic)), message.Payload.Span).ShouldNotBeEmpty(message.Topic);
                }
            }
        }
    }

    [Fact]
    public void Products_a_to_d_carry_a_room_s_climate()
    {
        var simulator = PackSimulators.Create("fleet", 20, "normal", seed: 3);
        for (var source = 0; source < simulator.SourceCount; source++)
        {
            var product = simulator.Devices[source].ProductId;
            var values = Decode(Decoder("fleet", product), simulator.Next(source, Start)!.Value.Payload.Span);

            values["temperature"].ShouldBeInRange(10, 40);
            values["humidity"].ShouldBeInRange(15, 95);
            if (product == "product_c")
                values["pressure"].ShouldBeInRange(950, 1070);
        }
    }

    [Fact]
    public void The_load_generator_s_message_is_what_the_benchmark_s_product_decodes()
    {
        var parsed = SpecParser.Parse(BenchProduct.Spec, "bench.yaml");
        parsed.Problems.ShouldBeEmpty();
        var packet = new TelemetryPacket(1, 200, Start, TimeSpan.FromMilliseconds(1), 5);
        var bytes = new byte[packet.Length];
        packet.WriteNext(bytes, 1);
        var output = new DecodeOutput();

        var values = Decode(ProductDecoder.Compile(parsed.Spec!), bytes.AsSpan(5 + (bytes[3] << 8 | bytes[4]) + 2), output);

        values.Keys.ShouldBe(TelemetryPacket.Metrics, ignoreOrder: true);
        values["seq"].ShouldBe(TelemetryPacket.SequenceBase + 5);
        output.Readings[0].DeviceTimeUs.ShouldBe((Start.ToUnixTimeMilliseconds() + 5) * 1000);
    }

    private ProductDecoder Decoder(string pack, string product)
    {
        if (_decoders.TryGetValue(product, out var known))
            return known;
        var file = Path.Combine(Root(), "packs", pack, "products", $"{product}.yaml");
        Assert.SkipUnless(File.Exists(file), $"{file} is not there");
        var parsed = SpecParser.Parse(File.ReadAllText(file), file);
        parsed.Problems.ShouldBeEmpty();
        return _decoders[product] = ProductDecoder.Compile(parsed.Spec!);
    }

    private static Dictionary<string, double> Decode(ProductDecoder decoder, ReadOnlySpan<byte> payload, DecodeOutput? into = null)
    {
        var output = into ?? new DecodeOutput();
        decoder.Decode(payload, new DecodeContext { ReceivedAtUs = Start.ToUnixTimeMilliseconds() * 1000 }, output).ShouldBe(DecodeStatus.Decoded);
        output.Violations.Length.ShouldBe(0);
        var values = new Dictionary<string, double>();
        foreach (var value in output.Values)
            values[decoder.Metrics[value.Metric].Name] = value.Number;
        return values;
    }

    private static string ProductOf(IPackSimulator simulator, string topic) =>
        simulator.Devices.Last(device => topic.Contains($"/{device.Id}/", StringComparison.Ordinal)).ProductId;

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
