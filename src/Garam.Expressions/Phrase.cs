using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;

namespace Garam.Expressions;

/// <summary>
/// An English text for people that keeps what it was made of, so that it can be said in another language: the format with
/// <c>{0}</c>, <c>{1}</c> … in its places, and what stands in them. Written as an interpolated string where a phrase is expected;
/// a finished string is none, so that no text loses its parts on the way. Equal when the English is.
/// </summary>
[InterpolatedStringHandler]
[JsonConverter(typeof(PhraseAsText))]
public sealed class Phrase : IEquatable<Phrase>
{
    private readonly StringBuilder _format;
    private readonly List<object?> _values;

    /// <summary>For the compiler, as are the methods that append.</summary>
    public Phrase(int literalLength, int formattedCount)
    {
        _format = new StringBuilder(literalLength + (formattedCount * 3));
        _values = new List<object?>(formattedCount);
    }

    /// <summary>The English composite format; braces of the text itself are doubled.</summary>
    public string Format => _format.ToString();

    public void AppendLiteral(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var c in value)
            _format.Append(c, c is '{' or '}' ? 2 : 1);
    }

    public void AppendFormatted<T>(T value)
    {
        _format.Append('{').Append(_values.Count).Append('}');
        _values.Add(value);
    }

    /// <summary>The English text; numbers and the like by the invariant culture.</summary>
    public override string ToString() => ToString(static format => format);

    /// <summary>The text in other words.</summary>
    /// <param name="words">Gives the format to use for an English one, with the same places; asked for phrases in places too.</param>
    public string ToString(Func<string, string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var values = _values.Select(value => value is Phrase phrase ? phrase.ToString(words) : value).ToArray();
        return string.Format(CultureInfo.InvariantCulture, words(Format), values);
    }

    public bool Equals(Phrase? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as Phrase);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
