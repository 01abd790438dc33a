using System.Text;

namespace Garam.Web.Visits;

/// <summary>A finished English text that was kept, taken apart again by the format it was made with.</summary>
internal static class KeptText
{
    /// <summary>
    /// What stands in the format's places, by their numbers; null when the text is not of the format. A place reaches to the next
    /// fixed words; one that is there twice must hold the same both times.
    /// </summary>
    public static string[]? Read(string format, string text)
    {
        var (words, places) = Parts(format);
        if (!text.StartsWith(words[0], StringComparison.Ordinal))
            return null;
        var values = new string[places.Count == 0 ? 0 : places.Max() + 1];
        Array.Fill(values, "");
        var at = words[0].Length;
        for (var i = 0; i < places.Count; i++)
        {
            var next = words[i + 1];
            var isLast = i == places.Count - 1;
            var end = isLast ? text.Length - next.Length : text.IndexOf(next, at, StringComparison.Ordinal);
            if (end < at || (isLast && !text.EndsWith(next, StringComparison.Ordinal)))
                return null;
            var value = text[at..end];
            if (places.IndexOf(places[i]) is var first && first < i && values[places[i]] != value)
                return null;
            values[places[i]] = value;
            at = end + next.Length;
        }

        return at == text.Length ? values : null;
    }

    /// <summary>The fixed words of a composite format and the numbers of the places between them.</summary>
    private static (List<string> Words, List<int> Places) Parts(string format)
    {
        var words = new List<string>();
        var places = new List<int>();
        var word = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] is not ('{' or '}') || (i + 1 < format.Length && format[i + 1] == format[i]))
            {
                word.Append(format[i]);
                i += format[i] is '{' or '}' ? 1 : 0;
                continue;
            }

            var end = format.IndexOf('}', i);
            var digits = format.AsSpan(i + 1, end - i - 1);
            var colon = digits.IndexOf(':');
            places.Add(int.Parse(colon < 0 ? digits : digits[..colon], System.Globalization.CultureInfo.InvariantCulture));
            words.Add(word.ToString());
            word.Clear();
            i = end;
        }

        words.Add(word.ToString());
        return (words, places);
    }
}
