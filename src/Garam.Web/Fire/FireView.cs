using System.Collections.Concurrent;
using Garam.Packs.Fire.Board;
using Garam.Platform.Alarms;
using Garam.Platform.Identity;
using Garam.Web.Fleet;

namespace Garam.Web.Fire;

/// <summary>What the fire page shows, put together at most once a second for each scope however many pages look. Thread-safe: a race does it twice.</summary>
internal sealed class FireView(FireBoard board, AlarmStore store, OpenAlarms alarms, FleetPulse pulse, TimeProvider time)
{
    public const string Product = "fire-detector";

    /// <summary>As many as the document shows.</summary>
    private const int AlertsMax = 5;

    /// <summary>Customers are few; beyond this all is put together anew.</summary>
    private const int ScopesMax = 1_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (long At, long Version, FireNow Now)> _now = new(StringComparer.Ordinal);

    public FireBoard Board => board;

    public FireNow Of(AccessScope scope)
    {
        var key = scope.CustomerId ?? "";
        var at = time.GetTimestamp();
        if (!_now.TryGetValue(key, out var known) || time.GetElapsedTime(known.At, at) >= Fresh)
        {
            known = Read(scope, at, known.Version, known.Now);
            if (_now.Count >= ScopesMax)
                _now.Clear();
            _now[key] = known;
        }

        return known.Now;
    }

    private (long At, long Version, FireNow Now) Read(AccessScope scope, long at, long formerVersion, FireNow? former)
    {
        // Before the list, so that what happens meanwhile is seen the next time.
        var version = alarms.Version;
        var (alerts, open) = former is not null && version == formerVersion
            ? (former.Alerts, former.OpenAlarms)
            : (store.List(new AlarmFilter(Product: Product, Customer: scope.CustomerId), AlertsMax),
                alarms.All.Count(a => a.ProductId == Product && scope.SeesCustomer(a.CustomerId)));
        return (at, version, new FireNow(
            board.Overview(scope), alerts, open, board.Hour(scope), scope.IsEverything ? board.Messages() : null, pulse.Of(scope).MessagesPerSecond));
    }
}
