using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Garam.Decoding;
using Garam.Decoding.Specs;
using Garam.Expressions;
using Garam.Platform.DeadLetters;
using Garam.Platform.Devices;

namespace Garam.Web.Visits;

public sealed partial class Phrases_in_Korean
{
    /// <summary>Formats that other texts than phrases are made with.</summary>
    private static readonly IEnumerable<string> Formats =
    [
        .. Enum.GetValues<DecodeErrorCode>().Select(DecodeErrorText.Of),
        DecodeErrorText.Payload, DecodeErrorText.AtRowAndByte, DecodeErrorText.AtRow, DecodeErrorText.AtByte,
        .. DeadDetail.All,
        DeviceId.TooLong, DeviceId.Empty, DeviceId.Forbids, DeviceId.ForbidsControls,
    ];

    private static readonly IEnumerable<string> Reasons =
    [
        .. typeof(DeadReason).GetFields().Select(field => (string)field.GetValue(null)!),
        .. Enum.GetValues<DecodeErrorCode>().Select(code => JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString())),
    ];

    [Fact]
    public void Every_phrase_of_the_code_is_there_and_nothing_else()
    {
        var phrases = new[] { "Garam.Expressions", "Garam.Decoding", "Garam.Platform", "Garam.Web" }
            .SelectMany(assembly => PhrasesInCode.Of(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"))).ToHashSet();
        phrases.Count.ShouldBeGreaterThan(400, "the phrases of the code are not found");
        var korean = Read();
        phrases.Concat(Formats).Concat(Reasons).Where(text => HasWords(text) && !korean.ContainsKey(text)).ShouldBeEmpty();
        korean.Keys.Except(phrases.Concat(Formats).Concat(Reasons)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_has_the_places_of_the_English_one()
    {
        foreach (var (english, korean) in Read())
        {
            Places(korean).SetEquals(Places(english)).ShouldBeTrue(english);
            Phrasebook.Find(english).ShouldBe(korean);
        }
    }

    [Fact]
    public void Phrases_in_places_are_said_in_Korean_too()
    {
        Phrase text = $"a list";
        Phrase problem = $"`{"bits"}` is {text}, not a number";
        problem.ToString().ShouldBe("`bits` is a list, not a number");
        problem.ToString(Korean).ShouldBe("`bits`의 값이 숫자가 아니라 목록입니다");
    }

    [Fact]
    public void A_mistake_in_a_spec_is_said_in_Korean()
    {
        var problem = SpecParser.Parse("product_type: a\nformat: json\nconvertion: {}\n", "a.yaml").Problems.ShouldHaveSingleItem();
        problem.ToString().ShouldBe("a.yaml:3:1: unknown key `convertion`. Did you mean `conversion`?");
        problem.Said.ToString(Korean).ShouldBe("a.yaml:3:1: 알 수 없는 키입니다: `convertion`. 혹시 `conversion`인가요?");
    }

    [Fact]
    public void A_mistake_in_an_expression_is_said_in_Korean()
    {
        var error = Expression.Parse("temperature > ").Errors.ShouldHaveSingleItem();
        error.Message.ToString(Korean).ShouldBe("값 자리에서 끝났습니다");
    }

    [Fact]
    public void English_knows_no_culture()
    {
        var former = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Phrase phrase = $"Windows reach from 1s to {1.5}d.";
            phrase.ToString().ShouldBe("Windows reach from 1s to 1.5d.");
        }
        finally
        {
            CultureInfo.CurrentCulture = former;
        }
    }

    [Fact]
    public void A_brace_of_the_text_stays_one()
    {
        Phrase phrase = $"Write `{{name: value}}` for {"x"}.";
        phrase.Format.ShouldBe("Write `{{name: value}}` for {0}.");
        phrase.ToString().ShouldBe("Write `{name: value}` for x.");
        JsonSerializer.Serialize(new { phrase }).ShouldContain("{name: value}");
    }

    private static string Korean(string english) => Phrasebook.Find(english) ?? english;

    /// <summary>Signs, keywords and places need no translation.</summary>
    private static bool HasWords(string format) => Word().IsMatch(Place().Replace(format, ""));

    private static HashSet<string> Places(string format) =>
        [.. Place().Matches(format.Replace("{{", "", StringComparison.Ordinal).Replace("}}", "", StringComparison.Ordinal)).Select(match => match.Value)];

    private static Dictionary<string, string> Read([CallerFilePath] string here = "")
    {
        var home = Environment.GetEnvironmentVariable("GARAM_HOME") ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
        return XDocument.Load(Path.Combine(home, "src", "Garam.Web", "Visits", "Phrasebook.ko.resx")).Descendants("data")
            .ToDictionary(data => (string)data.Attribute("name")!, data => data.Element("value")!.Value);
    }

    [GeneratedRegex(@"\{[0-9]+(:[A-Z0-9]+)?\}")]
    private static partial Regex Place();

    [GeneratedRegex("[a-z]{2}")]
    private static partial Regex Word();
}
