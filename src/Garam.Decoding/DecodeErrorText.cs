namespace Garam.Decoding;

/// <summary>
/// The English texts of decode errors, as composite formats: what a reader of another language is shown is found by them, and a text that
/// was kept is known again by them.
/// </summary>
public static class DecodeErrorText
{
    /// <summary>What an error without a subject is about.</summary>
    public const string Payload = "the payload";

    /// <summary><c>{0}</c> is the reason, <c>{1}</c> the row, <c>{2}</c> the byte.</summary>
    public const string AtRowAndByte = "{0} (row {1}, byte {2})";

    /// <summary><c>{0}</c> is the reason, <c>{1}</c> the row.</summary>
    public const string AtRow = "{0} (row {1})";

    /// <summary><c>{0}</c> is the reason, <c>{1}</c> the byte.</summary>
    public const string AtByte = "{0} (byte {1})";

    /// <summary>The text of a code: <c>{0}</c> is the subject, <c>{1}</c> the error's figure, <c>{2}</c> the limit that was passed.</summary>
    public static string Of(DecodeErrorCode code) => code switch
    {
        DecodeErrorCode.None => "no error",
        DecodeErrorCode.EmptyPayload => "the payload is empty",
        DecodeErrorCode.PayloadTooLarge => "the payload has {1} bytes, more than {2}",
        DecodeErrorCode.Truncated => "the payload ends before {0}: {1} bytes are needed",
        DecodeErrorCode.TrailingBytes => "{1} bytes are left over after {0}",
        DecodeErrorCode.ChecksumMismatch => "the checksum is wrong: 0x{1:X} was computed",
        DecodeErrorCode.UnknownKey => "the key 0x{1:X2} is not in the spec",
        DecodeErrorCode.UnknownSection => "no section of the spec fits: 0x{1:X2}",
        DecodeErrorCode.NoVariant => "no variant of the spec fits this port, length and start ({1} bytes)",
        DecodeErrorCode.InvalidHexText => "the text after 0x is not pairs of hexadecimal digits",
        DecodeErrorCode.InvalidUtf8 => "{0} is not valid UTF-8",
        DecodeErrorCode.InvalidNumber => "{0} is not a number",
        DecodeErrorCode.InvalidBcd => "{0} has a nibble above 9 and is not BCD",
        DecodeErrorCode.InvalidText => "{0} has bytes that are not of its text type",
        DecodeErrorCode.InvalidTimestamp => "{0} is not a time of the spec's format",
        DecodeErrorCode.NumberOutOfRange => "{0} is outside what a double holds",
        DecodeErrorCode.WrongType => "{0} is of another type than the spec says",
        DecodeErrorCode.TextTooLong => "{0} has {1} bytes of text, more than {2}",
        DecodeErrorCode.InvalidJson => "the payload is not JSON",
        DecodeErrorCode.TooDeep => "the JSON is nested deeper than {2} levels",
        DecodeErrorCode.NotFound => "{0} is not in the payload",
        DecodeErrorCode.MissingHeader => "the spec wants a CSV header line and neither the payload nor the connection has one",
        DecodeErrorCode.MissingColumn => "the column {0} is missing",
        DecodeErrorCode.InvalidCsv => "a quoted CSV field is not closed, or text follows its closing quote",
        DecodeErrorCode.ContractViolation => "{0} breaks the contract and the spec says to reject",
        DecodeErrorCode.TooManyReadings => "the payload holds more than {2} readings",
        DecodeErrorCode.TooManyValues => "the payload holds more than {2} values",
        DecodeErrorCode.TooManyMetrics => "the product already has {2} metrics; {0} would be one more",
        DecodeErrorCode.InvalidName => "a name in the message cannot name a metric: it is empty, too long or has control characters",
        DecodeErrorCode.NothingDecoded => "the payload holds none of the spec's fields",
        _ => code.ToString(),
    };

    /// <summary>The limit that an error of this code has passed; 0 for one that is not about a limit.</summary>
    internal static int Limit(DecodeErrorCode code) => code switch
    {
        DecodeErrorCode.PayloadTooLarge => DecodingLimits.PayloadBytesMax,
        DecodeErrorCode.TextTooLong => DecodingLimits.TextBytesMax,
        DecodeErrorCode.TooDeep => DecodingLimits.JsonDepthMax,
        DecodeErrorCode.TooManyReadings => DecodingLimits.ReadingsMax,
        DecodeErrorCode.TooManyValues => DecodingLimits.ValuesMax,
        DecodeErrorCode.TooManyMetrics => DecodingLimits.MetricsMax,
        _ => 0,
    };
}
