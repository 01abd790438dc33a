using System.Globalization;
using Garam.Decoding.Hex;
using Garam.Decoding.Yaml;

namespace Garam.Decoding.Specs;

/// <summary>Reads <c>parsing_type: key_value</c>.</summary>
internal sealed class KeyValueReader(HexSpecReader fields, ProblemList problems)
{
    public KeyValueSpec Read(SpecSection section)
    {
        var prefix = (int)(section.Whole("length_prefix", 1, 4) ?? 0);
        var (skipLength, skipUnknown) = ReadUnknownKeys(section, prefix);
        if (!section.Has("conversion"))
            problems.Add(section.Map, $"`conversion` is missing", $"Add `conversion:` with one `- {{key: \"0x0001\", field: …, value_length: 2, type: int16}}` per key.");
        var entries = new List<KeyEntry>();
        var keys = new Dictionary<ulong, YamlNode>();
        var keyLength = 0;
        foreach (var item in section.Sections("conversion"))
        {
            if (fields.IsMisplacedSchema(item)) continue;
            foreach (var (variant, keyText) in WriteOutChannels(item))
            {
                if (!HexSpecReader.TryBytes(keyText, out var bytes) || bytes.Length > 8)
                {
                    variant.Problem("key", $"`{keyText}` is not a key", $"Write 1 to 8 bytes in hexadecimal: `key: \"0x0001\"`.");
                    continue;
                }

                if (keyLength == 0) keyLength = bytes.Length;
                if (bytes.Length != keyLength)
                    variant.Problem("key", $"this key has {bytes.Length} bytes and those before it {keyLength}", $"Give all keys the same length.");
                var key = bytes.Aggregate(0UL, (number, next) => (number << 8) | next);
                if (!keys.TryAdd(key, variant.Map))
                    variant.Problem("key", $"the key `{keyText}` is there twice", $"Keep one of them.");
                else
                    entries.Add(ReadKeyEntry(variant, key, prefix));
            }
        }

        return new KeyValueSpec(Math.Max(1, keyLength), prefix, entries, skipLength, skipUnknown);
    }

    private static (int? SkipLength, bool SkipUnknown) ReadUnknownKeys(SpecSection section, int prefix)
    {
        if (!section.Has("unknown_keys")) return (null, false);
        if (section.Node("unknown_keys") is YamlScalar scalar)
        {
            if (scalar.Value == "skip" && prefix > 0) return (null, true);
            if (scalar.Value == "reject") return (null, false);
            section.Problem("unknown_keys", $"`{scalar.Value}` says not how much to skip", $"Write `unknown_keys: {{skip_length: N}}`; `skip` alone goes with `length_prefix`.");
            return (null, false);
        }

        var unknown = section.Section("unknown_keys");
        var skip = unknown?.Whole("skip_length", 0, HexSpecReader.FieldBytesMax);
        unknown?.Finish();
        return ((int?)skip, false);
    }

    /// <summary>An entry with <c>{channel}</c> in its key stands for one entry per channel.</summary>
    private IEnumerable<(SpecSection Entry, string Key)> WriteOutChannels(SpecSection item)
    {
        var key = item.Required("key", "key: \"0x0001\"");
        if (key is null) yield break;
        if (!key.Contains("{channel}", StringComparison.Ordinal))
        {
            yield return (item, key);
            yield break;
        }

        if (!TrySpan(item.Text("channels"), out var from, out var to) || from < 0 || to > 255)
        {
            item.Problem("channels", $"a key with `{{channel}}` needs its range of channels", $"Add `channels: 1..4`; a channel is one byte, 0 to 255.");
            yield break;
        }

        for (var channel = from; channel <= to; channel++)
        {
            var number = channel.ToString(CultureInfo.InvariantCulture);
            var copy = (YamlMap)NameTemplate.Replace(item.Map, "{channel}", number);
            var written = new SpecSection(copy, problems);
            written.Text("key");
            written.Text("channels");
            yield return (written, key.Replace("{channel}", channel.ToString("X2", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
    }

    private KeyEntry ReadKeyEntry(SpecSection item, ulong key, int prefix)
    {
        item.Text("key");
        var own = item.Truth("reading") ?? false;
        int? length = null;
        if (item.Text("value_length") is { } text && text != "rest") length = (int?)item.Whole("value_length", 1, HexSpecReader.FieldBytesMax);
        IReadOnlyList<HexItem> items;
        if (item.Has("conversion"))
        {
            items = fields.ReadItems(item, 1, out var rounds);
            if (rounds is not null) item.Problem("conversion", $"`readings` cannot stand under a key", $"Give the key `reading: true`: each time it comes is a reading of its own.");
            length ??= item.Has("value_length") ? null : HexItem.FixedEnd(items);
        }
        else if (item.Has("skip"))
        {
            items = [];
            length = (int?)item.Whole("skip", 0, HexSpecReader.FieldBytesMax);
        }
        else
        {
            var field = fields.ReadField(item, length, offsetTaken: false);
            items = field is null ? [] : [field];
            length ??= item.Has("value_length") ? null : field?.Length;
        }

        if (length is null && prefix == 0 && !item.Has("value_length") && items.Count > 0)
            item.Problem("key", $"the length of this key's value is not known", $"Add `value_length: N`, or `value_length: rest` for the last key of a payload.");
        item.Finish();
        return new KeyEntry(key, length, own, items);
    }

    private static bool TrySpan(string? text, out int from, out int to)
    {
        from = to = 0;
        if (text is null) return false;
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        return dots > 0 && int.TryParse(text[..dots], out from) && int.TryParse(text[(dots + 2)..], out to) && from <= to;
    }
}
