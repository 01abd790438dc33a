namespace Garam.Platform.Ingress;

/// <summary>The routes of all packs in force. Replaced as a whole on reload; holders of a resolved topic compare <see cref="Version"/>.</summary>
public sealed class RouteTable
{
    private static int s_versions;

    private readonly Route[] _routes;

    public RouteTable(IEnumerable<Route> routes)
    {
        _routes = [.. routes.OrderByDescending(r => r.LiteralCount)];
        Version = Interlocked.Increment(ref s_versions);
    }

    public int Version { get; }

    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>The route with most literal levels that fits the topic, or null: then the message is an ordinary publish.</summary>
    public Route? Match(string topic, out string device, out string hub)
    {
        foreach (var route in _routes)
        {
            if (route.TryMatch(topic, out device, out hub))
                return route;
        }

        device = hub = "";
        return null;
    }
}
