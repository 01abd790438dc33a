using System.Text;

namespace Garam.Mqtt.Topics;

/// <summary>
/// A topic filter taken apart (§4.7, §4.8.2): the part that is matched, and the share name when it is
/// <c>$share/name/filter</c>.
/// </summary>
internal readonly record struct TopicFilter(string Pattern, string? ShareName)
{
    private const string SharePrefix = "$share/";

    /// <summary>False when the filter breaks the rules or a limit.</summary>
    public static bool TryParse(string text, int maxBytes, int maxLevels, out TopicFilter filter)
    {
        filter = default;
        if (text.Length == 0 || Encoding.UTF8.GetByteCount(text) > maxBytes)
            return false;
        string? share = null;
        var pattern = text;
        if (text.StartsWith(SharePrefix, StringComparison.Ordinal))
        {
            var end = text.IndexOf('/', SharePrefix.Length);
            if (end <= SharePrefix.Length || end == text.Length - 1)
                return false; // [MQTT-4.8.2-1], [MQTT-4.8.2-2]
            share = text[SharePrefix.Length..end];
            if (share.AsSpan().IndexOfAny('+', '#') >= 0)
                return false;
            pattern = text[(end + 1)..];
        }

        if (!HasValidWildcards(pattern) || pattern.AsSpan().Count('/') >= maxLevels)
            return false;
        filter = new TopicFilter(pattern, share);
        return true;
    }

    /// <summary>Whether a topic name matches; for tests and small sets, the tree does it for many.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> topic)
    {
        if (topic.Length > 0 && topic[0] == '$' && pattern.Length > 0 && pattern[0] is '+' or '#')
            return false; // [MQTT-4.7.2-1]
        while (true)
        {
            if (pattern is "#")
                return true;
            var patternEnd = pattern.IndexOf('/');
            var topicEnd = topic.IndexOf('/');
            var level = patternEnd < 0 ? pattern : pattern[..patternEnd];
            var name = topicEnd < 0 ? topic : topic[..topicEnd];
            if (level is not "+" && !level.SequenceEqual(name))
                return false;
            if (patternEnd < 0 || topicEnd < 0)
                return patternEnd < 0 && topicEnd < 0 || topicEnd < 0 && pattern[(patternEnd + 1)..] is "#";
            pattern = pattern[(patternEnd + 1)..];
            topic = topic[(topicEnd + 1)..];
        }
    }

    // "#" only as the whole last level, "+" only as a whole level [MQTT-4.7.1-1], [MQTT-4.7.1-2].
    private static bool HasValidWildcards(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c is not ('+' or '#'))
                continue;
            if (i > 0 && pattern[i - 1] != '/')
                return false;
            if (i < pattern.Length - 1 && (c == '#' || pattern[i + 1] != '/'))
                return false;
        }

        return true;
    }
}
