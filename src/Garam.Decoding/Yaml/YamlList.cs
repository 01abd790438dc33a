using Garam.Expressions;

namespace Garam.Decoding.Yaml;

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column)
{
    public override Phrase Noun => $"a list";
}
