using Garam.Decoding.Yaml;

namespace Garam.Decoding.Specs;

/// <summary>Writes out an entry that stands for several: <c>{n}</c> and <c>{channel}</c> in its texts become a number.</summary>
internal static class NameTemplate
{
    public static YamlNode Replace(YamlNode node, string mark, string text) => node switch
    {
        YamlScalar scalar => scalar with { Value = scalar.Value.Replace(mark, text, StringComparison.Ordinal) },
        YamlList list => list with { Items = [.. list.Items.Select(item => Replace(item, mark, text))] },
        YamlMap map => map with
        {
            Entries = [.. map.Entries.Select(entry => new YamlEntry((YamlScalar)Replace(entry.Key, mark, text), Replace(entry.Value, mark, text)))],
        },
        _ => node,
    };
}
