using System.Text.RegularExpressions;
using Garam.Decoding.Specs;

namespace Garam.Decoding.Tests;

/// <summary>The examples of the reference load as they are printed, and a spec's head is read.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> Examples()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "reference", "product-specs.md"));
        var examples = new TheoryData<string>();
        foreach (Match match in Regex.Matches(text, "```yaml\n(.*?)```", RegexOptions.Singleline)) examples.Add(match.Groups[1].Value);
        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_the_reference_loads(string yaml) => Decoded.Compile(yaml).Spec.Id.ShouldNotBeEmpty();

    [Fact]
    public void The_head_of_a_spec_is_read()
    {
        var spec = Decoded.Compile(Examples().First().Data).Spec;
        spec.Id.ShouldBe("climate-a");
        spec.Version.ShouldBe(3);
        spec.Titles["ko"].ShouldBe("온습도 센서 A");
        spec.ExpectedPeriod.ShouldBe(TimeSpan.FromSeconds(5));
        spec.Vendor.ShouldBe("Example");
        spec.ModelNames.ShouldBe(["A-2"]);
        spec.Format.ShouldBe(SpecFormat.HexBinary);
    }

    [Fact]
    public void The_metrics_of_a_spec_are_known_before_the_first_message()
    {
        var metrics = Decoded.Compile(Examples().First().Data).Metrics;
        metrics.ShouldContain(new MetricDefinition("temperature", MetricKind.Number, "celsius", -40, 125));
        metrics.ShouldContain(new MetricDefinition("door_open", MetricKind.Boolean, null));
    }
}
