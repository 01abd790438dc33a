using System.Globalization;

namespace Garam.Decoding;

/// <summary>
/// One reason why a payload or one of its rows gave no reading. Made without allocation; the text is built only by <see cref="ToString"/>.
/// </summary>
/// <param name="Code">The reason.</param>
/// <param name="Offset">The byte of the payload where it was seen (of the bytes the text stands for, when the payload is hex text); -1 when there is no such place.</param>
/// <param name="Row">The row, record or repeated group, counted from 0; -1 when the whole payload is meant.</param>
/// <param name="Subject">The field, JSON path, column or key concerned, as the spec names it.</param>
/// <param name="Detail">A figure that belongs to the reason: bytes needed, an unknown key, a computed checksum; 0 when none does.</param>
public readonly record struct DecodeError(DecodeErrorCode Code, int Offset = -1, int Row = -1, string? Subject = null, long Detail = 0)
{
    /// <summary>The reason as a sentence for a person.</summary>
    public override string ToString()
    {
        var place = (Row >= 0, Offset >= 0) switch
        {
            (true, true) => $" (row {Text(Row)}, byte {Text(Offset)})",
            (true, false) => $" (row {Text(Row)})",
            (false, true) => $" (byte {Text(Offset)})",
            _ => "",
        };
        return Reason() + place;
    }

    private string Reason()
    {
        var subject = Subject is null ? "the payload" : $"`{Subject}`";
        return Code switch
        {
            DecodeErrorCode.None => "no error",
            DecodeErrorCode.EmptyPayload => "the payload is empty",
            DecodeErrorCode.PayloadTooLarge => $"the payload has {Text(Detail)} bytes, more than {Text(DecodingLimits.PayloadBytesMax)}",
            DecodeErrorCode.Truncated => $"the payload ends before {subject}: {Text(Detail)} bytes are needed",
            DecodeErrorCode.TrailingBytes => $"{Text(Detail)} bytes are left over after {subject}",
            DecodeErrorCode.ChecksumMismatch => $"the checksum is wrong: 0x{Detail.ToString("X", CultureInfo.InvariantCulture)} was computed",
            DecodeErrorCode.UnknownKey => $"the key 0x{Detail.ToString("X2", CultureInfo.InvariantCulture)} is not in the spec",
            DecodeErrorCode.UnknownSection => $"no section of the spec fits: 0x{Detail.ToString("X2", CultureInfo.InvariantCulture)}",
            DecodeErrorCode.NoVariant => $"no variant of the spec fits this port, length and start ({Text(Detail)} bytes)",
            DecodeErrorCode.InvalidHexText => "the text after 0x is not pairs of hexadecimal digits",
            DecodeErrorCode.InvalidUtf8 => $"{subject} is not valid UTF-8",
            DecodeErrorCode.InvalidNumber => $"{subject} is not a number",
            DecodeErrorCode.InvalidBcd => $"{subject} has a nibble above 9 and is not BCD",
            DecodeErrorCode.InvalidText => $"{subject} has bytes that are not of its text type",
            DecodeErrorCode.InvalidTimestamp => $"{subject} is not a time of the spec's format",
            DecodeErrorCode.NumberOutOfRange => $"{subject} is outside what a double holds",
            DecodeErrorCode.WrongType => $"{subject} is of another type than the spec says",
            DecodeErrorCode.TextTooLong => $"{subject} has {Text(Detail)} bytes of text, more than {Text(DecodingLimits.TextBytesMax)}",
            DecodeErrorCode.InvalidJson => "the payload is not JSON",
            DecodeErrorCode.TooDeep => $"the JSON is nested deeper than {Text(DecodingLimits.JsonDepthMax)} levels",
            DecodeErrorCode.NotFound => $"{subject} is not in the payload",
            DecodeErrorCode.MissingHeader => "the spec wants a CSV header line and neither the payload nor the connection has one",
            DecodeErrorCode.MissingColumn => $"the column {subject} is missing",
            DecodeErrorCode.InvalidCsv => "a quoted CSV field is not closed, or text follows its closing quote",
            DecodeErrorCode.ContractViolation => $"{subject} breaks the contract and the spec says to reject",
            DecodeErrorCode.TooManyReadings => $"the payload holds more than {Text(DecodingLimits.ReadingsMax)} readings",
            DecodeErrorCode.TooManyValues => $"the payload holds more than {Text(DecodingLimits.ValuesMax)} values",
            DecodeErrorCode.TooManyMetrics => $"the product already has {Text(DecodingLimits.MetricsMax)} metrics; {subject} would be one more",
            DecodeErrorCode.InvalidName => "a name in the message cannot name a metric: it is empty, too long or has control characters",
            DecodeErrorCode.NothingDecoded => "the payload holds none of the spec's fields",
            _ => Code.ToString(),
        };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
