using System.Text;
using Garam.Platform.Pipeline;

namespace Garam.Platform.Detection;

/// <summary>Short texts as strings, without making one for each reading: modes and states come again and again. Bounded; owned by a lane.</summary>
internal sealed class TextCache
{
    private const int EntriesMax = 4_096;

    private readonly Dictionary<Utf8Name, string> _texts = new(Utf8Name.Comparer.Instance);

    public string this[ReadOnlySpan<byte> utf8]
    {
        get
        {
            var lookup = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
            if (lookup.TryGetValue(utf8, out var text))
                return text;
            if (_texts.Count >= EntriesMax)
                _texts.Clear();
            return lookup[utf8] = Encoding.UTF8.GetString(utf8);
        }
    }
}
