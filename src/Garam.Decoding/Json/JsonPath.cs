using System.Text;

namespace Garam.Decoding.Json;

/// <summary>
/// A dotted path into a message: <c>data.temp</c>, <c>values[0].v</c> (also <c>values.0.v</c>), <c>a\.b</c> for a key with a dot.
/// A leading <c>$.</c> starts at the message's root where <c>each</c> would make it start at a record.
/// </summary>
internal sealed record JsonPath(string Text, bool FromRoot, IReadOnlyList<string> Keys)
{
    public static bool TryParse(string text, out JsonPath path)
    {
        path = new JsonPath(text, false, []);
        var fromRoot = text.StartsWith("$.", StringComparison.Ordinal);
        var keys = new List<string>();
        var key = new StringBuilder();
        var rest = fromRoot ? text[2..] : text;
        for (var i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '\\' when i + 1 < rest.Length:
                    key.Append(rest[++i]);
                    break;
                case '.':
                    if (key.Length == 0) return false;
                    Flush();
                    break;
                case '[' when IndexAt(rest, i, out var digits):
                    if (key.Length > 0) Flush();
                    keys.Add(digits);
                    i += digits.Length + 1;
                    if (i + 1 < rest.Length && rest[i + 1] == '.') i++;
                    break;
                default:
                    key.Append(rest[i]);
                    break;
            }
        }

        if (key.Length > 0) Flush();
        if (keys.Count is 0 or > DecodingLimits.JsonDepthMax || rest.EndsWith('.')) return false;
        path = new JsonPath(text, fromRoot, keys);
        return true;

        void Flush()
        {
            keys.Add(key.ToString());
            key.Clear();
        }
    }

    private static bool IndexAt(string text, int open, out string digits)
    {
        var close = text.IndexOf(']', open);
        digits = close < 0 ? "" : text[(open + 1)..close];
        return digits.Length is > 0 and < 7 && digits.All(char.IsAsciiDigit);
    }
}
