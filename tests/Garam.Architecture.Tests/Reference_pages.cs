using System.Text.Json;
using System.Text.RegularExpressions;

namespace Garam.Architecture;

/// <summary>What programs rely on stands in the reference: read from the source's text, so that nothing is added in silence.</summary>
public sealed partial class Reference_pages
{
    [Fact]
    public void Every_metric_is_described() =>
        NamesIn("src/Garam.Platform/Observability", MetricName()).ShouldBeDescribedIn("docs/reference/metrics.md");

    [Fact]
    public void Every_code_of_a_problem_is_described() =>
        NamesIn("src/Garam.Platform", ProblemCode()).ShouldBeDescribedIn("docs/reference/errors.md");

    [Fact]
    public void Every_reason_of_a_dead_letter_is_described() =>
        NamesIn("src/Garam.Platform/DeadLetters", DeadReason()).ShouldBeDescribedIn("docs/reference/errors.md");

    [Fact]
    public void Every_error_of_decoding_is_described() =>
        NamesIn("src/Garam.Decoding/DecodeErrorCode", EnumMember()).Where(name => name != "None")
            .Select(JsonNamingPolicy.KebabCaseLower.ConvertName).ShouldBeDescribedIn("docs/reference/errors.md");

    [Fact]
    public void Every_configuration_key_is_described() =>
        NamesIn("src/Garam.Platform/Configuration", SettableProperty())
            .Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).ShouldBeDescribedIn("docs/reference/configuration.md");

    private static IEnumerable<string> NamesIn(string place, Regex name) =>
        SourceFile.Under("src")
            .Where(file => file.Path.StartsWith(place, StringComparison.Ordinal))
            .SelectMany(file => name.Matches(string.Join('\n', file.Lines)))
            .Select(match => match.Groups["name"].Value)
            .Distinct();

    [GeneratedRegex(@"""(?<name>garam_[a-z0-9_]*[a-z0-9])""")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"Status\d\w+,\s*""(?<name>[a-z][a-z-]+)""|\[""code""\] = ""(?<name>[a-z-]+)""")]
    private static partial Regex ProblemCode();

    [GeneratedRegex(@"public const string \w+ = ""(?<name>[a-z-]+)""")]
    private static partial Regex DeadReason();

    [GeneratedRegex(@"^    (?<name>[A-Z]\w+),?$", RegexOptions.Multiline)]
    private static partial Regex EnumMember();

    // Sections (`= new();`) have no value of their own.
    [GeneratedRegex(@"public [\w<>?]+ (?<name>[A-Z]\w+) \{ get; (?:set|init); \}(?! = new\(\))")]
    private static partial Regex SettableProperty();
}
