namespace Garam.Decoding.Yaml;

/// <summary>A single value. <paramref name="Quoted"/> tells the text "1" from the number 1.</summary>
internal sealed record YamlScalar(int Line, int Column, string Value, bool Quoted) : YamlNode(Line, Column)
{
    public override string Noun => Value.Length > 0 ? $"`{Value}`" : Quoted ? "an empty text" : "nothing";

    public bool IsNull => !Quoted && Value is "" or "~" or "null";
}
