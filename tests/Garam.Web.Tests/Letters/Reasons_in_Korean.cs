using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Garam.Decoding;
using Garam.Platform.DeadLetters;
using Garam.Platform.Devices;

namespace Garam.Web.Letters;

public sealed partial class Reasons_in_Korean
{
    public static TheoryData<DecodeErrorCode> Codes => [.. Enum.GetValues<DecodeErrorCode>().Where(code => code != DecodeErrorCode.None)];

    public static TheoryData<string> Details => [.. DeadDetail.All];

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_the_decoder_says_is_known_again(DecodeErrorCode code)
    {
        foreach (var error in new[]
                 {
                     new DecodeError(code), new DecodeError(code, Offset: 7, Detail: 513), new DecodeError(code, Row: 3, Subject: "a (row b", Detail: 2),
                     new DecodeError(code, Offset: 4, Row: 2, Subject: "data.temp", Detail: 9),
                 })
        {
            var korean = LetterWords.InKorean(JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString()), error.ToString());
            korean.ShouldBe(error.ToString(english => Visits.Phrasebook.Find(english)!));
            English().IsMatch(korean.Replace("`a (row b`", "", StringComparison.Ordinal)).ShouldBeFalse(korean);
        }
    }

    [Theory]
    [MemberData(nameof(Details))]
    public void What_the_platform_says_is_known_again(string format)
    {
        var english = string.Format(CultureInfo.InvariantCulture, format, "x-1", "y-2");
        LetterWords.InKorean("unknown-device", english).ShouldBe(string.Format(CultureInfo.InvariantCulture, Visits.Phrasebook.Find(format)!, "x-1", "y-2"));
    }

    [Fact]
    public void What_is_wrong_with_an_id_is_said_in_Korean_too()
    {
        DeviceId.TryParse(new string('x', 200), out _, out var problem).ShouldBeFalse();
        LetterWords.InKorean(DeadReason.InvalidDevice, $"'x': {problem}").ShouldBe("'x': 장비 ID는 최대 128바이트입니다");
    }

    [Fact]
    public void A_text_of_an_older_version_stays_as_it_is() =>
        LetterWords.InKorean("truncated", "the message is too short").ShouldBe("the message is too short");

    /// <summary>Words of the English texts.</summary>
    [GeneratedRegex(@"\b(the|is|of|and|not|payload|bytes|byte|row|spec)\b")]
    private static partial Regex English();
}
