using Garam.Expressions;

namespace Garam.Decoding.Yaml;

/// <summary>A single value. <paramref name="Quoted"/> tells the text "1" from the number 1.</summary>
internal sealed record YamlScalar(int Line, int Column, string Value, bool Quoted) : YamlNode(Line, Column)
{
    public override Phrase Noun => (Value.Length, Quoted) switch
    {
        (> 0, _) => $"`{Value}`",
        (_, true) => $"an empty text",
        _ => $"nothing",
    };

    /// <summary>Column of the text's first character: behind an opening quote.</summary>
    public int TextColumn { get; init; } = Column;

    /// <summary>Whether the text stands in the file letter by letter from <see cref="TextColumn"/> on, so that a place in it is a place in the file.</summary>
    public bool IsVerbatim { get; init; }

    public bool IsNull => !Quoted && Value is "" or "~" or "null";
}
