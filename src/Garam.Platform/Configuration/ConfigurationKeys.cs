using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace Garam.Platform.Configuration;

/// <summary>All keys that <see cref="GaramOptions"/> has, written as in the file: <c>ingress.payload_bytes_max</c>.</summary>
public static class ConfigurationKeys
{
    /// <summary>Keys with their defaults; a list's entries stand as <c>[]</c>.</summary>
    public static IReadOnlyDictionary<string, object?> All { get; } = Collect();

    internal static bool IsKnown(string path, out string? nearest)
    {
        nearest = null;
        var key = string.Join('.', path.Split(':').Select(part => part.All(char.IsAsciiDigit) ? "[]" : part)).Replace(".[]", "[]", StringComparison.Ordinal);
        var plain = ConfigurationFile.Plain(key);
        if (All.Keys.Any(k => string.Equals(ConfigurationFile.Plain(k), plain, StringComparison.OrdinalIgnoreCase)))
            return true;
        nearest = All.Keys.Select(k => (Key: k, Distance: Distance(k, key))).Where(k => k.Distance <= 1 + (key.Length / 4)).OrderBy(k => k.Distance).FirstOrDefault().Key;
        return false;
    }

    private static Dictionary<string, object?> Collect()
    {
        var keys = new Dictionary<string, object?>(StringComparer.Ordinal);
        Collect(typeof(GaramOptions), new GaramOptions(), "", keys);
        return keys;
    }

    private static void Collect(Type type, object? defaults, string prefix, Dictionary<string, object?> keys)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null))
        {
            var key = prefix + JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            var value = defaults is null ? null : property.GetValue(defaults);
            if (property.PropertyType.Namespace == type.Namespace)
                Collect(property.PropertyType, value, key + ".", keys);
            else if (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
                CollectList(property.PropertyType.GetGenericArguments()[0], key, keys);
            else
                keys[key] = value;
        }
    }

    private static void CollectList(Type item, string key, Dictionary<string, object?> keys)
    {
        if (item.Namespace == typeof(GaramOptions).Namespace)
            Collect(item, Activator.CreateInstance(item), key + "[].", keys);
        else
            keys[key + "[]"] = null;
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[^1];
    }
}
