using Garam.Expressions;

namespace Garam.Decoding.Yaml;

/// <summary>A mapping, in the order of the file.</summary>
internal sealed record YamlMap(int Line, int Column, IReadOnlyList<YamlEntry> Entries) : YamlNode(Line, Column)
{
    public override Phrase Noun => $"a mapping";

    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
                if (entry.Key.Value == key) return entry.Value;
            return null;
        }
    }
}
