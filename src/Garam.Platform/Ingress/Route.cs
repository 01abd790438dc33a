using Garam.Expressions;

namespace Garam.Platform.Ingress;

/// <summary>
/// A topic pattern of a pack: <c>devices/{hub}/child/{device}/telemetry</c>. A part in braces takes any one level; <c>{device}</c> is
/// required, <c>{hub}</c> optional, other names are free.
/// </summary>
/// <param name="Topic">The pattern as written.</param>
/// <param name="Kind">Told by the last level: <c>status</c> carries a device's state, all others telemetry.</param>
/// <param name="Product">The product of devices first seen here; null leaves it to the registration.</param>
public sealed record Route(string Topic, RouteKind Kind, string? Product)
{
    private readonly string[] _levels = Topic.Split('/');

    /// <summary>Literal levels; of two routes that match, the one with more wins.</summary>
    public int LiteralCount => _levels.Count(level => !IsVariable(level));

    /// <summary>Reads a pattern, or says what is wrong with it.</summary>
    public static Route? TryParse(string topic, string? product, out Phrase? problem)
    {
        problem = null;
        var levels = topic.Split('/');
        if (levels.Length > 16)
            problem = $"a topic pattern has at most 16 levels";
        else if (levels.Any(l => l.Contains('+', StringComparison.Ordinal) || l.Contains('#', StringComparison.Ordinal)))
            problem = $"a topic pattern names its variable levels in braces, for example {{device}}, instead of + or #";
        else if (levels.Any(l => !IsVariable(l) && (l.Contains('{', StringComparison.Ordinal) || l.Contains('}', StringComparison.Ordinal))))
            problem = $"braces must enclose a whole level, for example devices/{{device}}/telemetry";
        else if (levels.Count(l => l == "{device}") != 1)
            problem = $"a topic pattern needs the level {{device}} once";
        else if (levels.Count(l => l == "{hub}") > 1)
            problem = $"a topic pattern has at most one level {{hub}}";
        if (problem is not null)
            return null;
        return new Route(topic, levels[^1] == "status" ? RouteKind.Status : RouteKind.Telemetry, product);
    }

    /// <summary>Whether the topic fits, and whose it is then.</summary>
    public bool TryMatch(string topic, out string device, out string hub)
    {
        device = hub = "";
        var rest = topic.AsSpan();
        for (var i = 0; i < _levels.Length; i++)
        {
            var slash = rest.IndexOf('/');
            var last = i == _levels.Length - 1;
            if (last != slash < 0)
                return false;
            var level = last ? rest : rest[..slash];
            var pattern = _levels[i];
            if (!IsVariable(pattern))
            {
                if (!level.SequenceEqual(pattern))
                    return false;
            }
            else if (level.IsEmpty)
            {
                return false;
            }
            else if (pattern == "{device}")
            {
                device = level.ToString();
            }
            else if (pattern == "{hub}")
            {
                hub = level.ToString();
            }

            rest = last ? default : rest[(slash + 1)..];
        }

        return true;
    }

    private static bool IsVariable(string level) => level.Length > 2 && level[0] == '{' && level.AsSpan(1).IndexOfAny('{', '}') == level.Length - 2;
}
