using System.Buffers;
using System.Text;

namespace Garam.Platform.Devices;

/// <summary>
/// A device's identity: 1 to <see cref="Utf8LengthMax"/> bytes of UTF-8, no control characters, blanks, <c>/ + #</c> (it stands in
/// MQTT topics and URLs). Compared ordinally.
/// </summary>
public readonly record struct DeviceId
{
    /// <summary>Fits the one-byte length in a raw record and leaves room for vendors' longest serial numbers and UUID pairs.</summary>
    public const int Utf8LengthMax = 128;

    /// <summary>Why a text is no identity.</summary>
    public static readonly string TooLong = FormattableString.Invariant($"a device id has at most {Utf8LengthMax} bytes");

    /// <summary>Why a text is no identity.</summary>
    public const string Empty = "a device id must not be empty";

    /// <summary>Why a text is no identity.</summary>
    public const string Forbids = "a device id holds no blanks, quotes, backslashes, / + or #";

    /// <summary>Why a text is no identity.</summary>
    public const string ForbidsControls = "a device id holds no control characters";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/+# \t\r\n\"\\");

    private DeviceId(string value) => Value = value;

    public string Value { get; }

    /// <summary>Reads an identity, or says in a few words why it is none.</summary>
    public static bool TryParse(string? text, out DeviceId id, out string problem)
    {
        id = default;
        problem = Problem(text);
        if (problem.Length > 0)
            return false;
        id = new DeviceId(text!);
        return true;
    }

    /// <summary>For text that is known to be valid: what the registry or the log holds.</summary>
    internal static DeviceId Trusted(string value) => new(value);

    public override string ToString() => Value;

    private static string Problem(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Empty;
        if (text.Length > Utf8LengthMax || Encoding.UTF8.GetByteCount(text) > Utf8LengthMax)
            return TooLong;
        if (text.AsSpan().ContainsAny(Forbidden))
            return Forbids;
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
                return ForbidsControls;
        }

        return "";
    }
}
