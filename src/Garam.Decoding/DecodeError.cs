using System.Globalization;

namespace Garam.Decoding;

/// <summary>
/// One reason why a payload or one of its rows gave no reading. Made without allocation; the text is built only by <see cref="ToString()"/>.
/// </summary>
/// <param name="Code">The reason.</param>
/// <param name="Offset">The byte of the payload where it was seen (of the bytes the text stands for, when the payload is hex text); -1 when there is no such place.</param>
/// <param name="Row">The row, record or repeated group, counted from 0; -1 when the whole payload is meant.</param>
/// <param name="Subject">The field, JSON path, column or key concerned, as the spec names it.</param>
/// <param name="Detail">A figure that belongs to the reason: bytes needed, an unknown key, a computed checksum; 0 when none does.</param>
public readonly record struct DecodeError(DecodeErrorCode Code, int Offset = -1, int Row = -1, string? Subject = null, long Detail = 0)
{
    /// <summary>The reason as a sentence for a person.</summary>
    public override string ToString() => ToString(static text => text);

    /// <summary>The reason in other words.</summary>
    /// <param name="words">Gives the format to use for an English one of <see cref="DecodeErrorText"/>, with the same places.</param>
    public string ToString(Func<string, string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var subject = Subject is null ? words(DecodeErrorText.Payload) : $"`{Subject}`";
        var reason = string.Format(CultureInfo.InvariantCulture, words(DecodeErrorText.Of(Code)), subject, Detail, DecodeErrorText.Limit(Code));
        return (Row >= 0, Offset >= 0) switch
        {
            (true, true) => string.Format(CultureInfo.InvariantCulture, words(DecodeErrorText.AtRowAndByte), reason, Row, Offset),
            (true, false) => string.Format(CultureInfo.InvariantCulture, words(DecodeErrorText.AtRow), reason, Row),
            (false, true) => string.Format(CultureInfo.InvariantCulture, words(DecodeErrorText.AtByte), reason, Offset),
            _ => reason,
        };
    }
}
