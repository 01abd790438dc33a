using System.Collections.Concurrent;

namespace Garam.TimeSeries.Head;

/// <summary>
/// One string per series name, since thousands of devices have the same names. Bounded: past the bound a name is
/// simply not shared. Thread-safe.
/// </summary>
internal sealed class NamePool
{
    private const int NamesMax = 65_536;

    private readonly ConcurrentDictionary<string, string> names = new(StringComparer.Ordinal);

    public string Intern(string name)
    {
        if (names.TryGetValue(name, out var known)) return known;
        return names.Count >= NamesMax ? name : names.GetOrAdd(name, name);
    }
}
