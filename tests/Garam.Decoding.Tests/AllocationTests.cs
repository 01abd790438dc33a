using System.Text;
using Garam.Decoding.Specs;

namespace Garam.Decoding.Tests;

/// <summary>A decode allocates nothing once its output has grown to the payload.</summary>
public sealed class AllocationTests
{
    public static TheoryData<string, string> Payloads() => new()
    {
        { "fleet/products/product_a.yaml", "x00FF3C" },
        { "fleet/products/product_a.yaml", "0x00FF3C" },
        { "fleet/products/product_b.yaml", "x00023C0001FFF6" },
        { "fleet/products/product_c.yaml", "x00FF3CAA00018A88" },
        { "fleet/products/product_d.yaml", "timestamp,temp,hum\n2026-03-01 10:00:00,25.5,60\n2026-03-01 10:00:01,\"25.6\",61\n" },
        { "fleet/products/generic-json.yaml", """{"ts":"2026-03-01T10:00:00Z","a":1.5,"b":{"c":true,"mode":"auto","esc":"\u00e9"}}""" },
        { "fleet/products/decentlab-dl-blg.yaml", "x0230c50003a40c00810c60" },
        { "fleet/products/milesight-em300-sld-zld.yaml", "x01755c20ce00f15365ff00780120ce00f15365ff007801" },
        { "fire/products/fire-detector.yaml", """{"idx":1,"status":4096,"volt":320.0,"ct":5.0,"pcbTemp":35.0,"sensorTemp":37.0,"timestamp":1700000000}""" },
        { "plant/products/plc-tag.yaml", """{"ts":"2025-08-17T12:00:00Z","tag":"PRESS","value":12.3,"unit":"bar"}""" },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void A_decode_in_steady_state_allocates_nothing(string file, string text)
    {
        var spec = SpecParser.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "packs", file)), file).Spec.ShouldNotBeNull();
        AllocatedBy(ProductDecoder.Compile(spec), text).ShouldBe(0);
    }

    [Fact]
    public void A_select_over_numbers_and_recurring_texts_allocates_nothing() =>
        AllocatedBy(Decoded.Compile("product_type: j\nformat: json\nsql: \"SELECT a + b AS sum, mode FROM 'x' WHERE a > 0 AND mode = 'on'\"\n"), """{"a":1,"b":2.5,"mode":"on"}""").ShouldBe(0);

    [Fact]
    public void A_payload_that_fails_allocates_nothing() =>
        AllocatedBy(Decoded.Compile("product_type: j\nformat: json\n"), """{"a":1,"b":""").ShouldBe(0);

    private static long AllocatedBy(ProductDecoder decoder, string text)
    {
        var payload = text[0] == 'x' ? Decoded.Bytes(text[1..]) : Encoding.UTF8.GetBytes(text);
        var output = new DecodeOutput();
        var context = new DecodeContext { ReceivedAtUs = 1 };
        for (var i = 0; i < 200; i++) decoder.Decode(payload, context, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) decoder.Decode(payload, context, output);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
