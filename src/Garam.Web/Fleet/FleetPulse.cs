using System.Collections.Concurrent;
using Garam.Platform.Identity;
using Garam.Platform.Pipeline;

namespace Garam.Web.Fleet;

/// <summary>
/// The fleet's figures, computed at most once a second for each scope however many pages look. Thread-safe: a race computes them twice.
/// </summary>
internal sealed class FleetPulse(FleetView fleet, Pipeline pipeline, TimeProvider time)
{
    /// <summary>Customers are few; more would be somebody who invents them, and costs only the repeated count.</summary>
    private const int ScopesMax = 1_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (long At, FleetFigures Figures)> _figures = new(StringComparer.Ordinal);
    private readonly Lock _rating = new();
    private long _ratedAt = time.GetTimestamp();
    private long _ratedCount = pipeline.Progress.Received;
    private double _rate;

    public FleetFigures Of(AccessScope scope)
    {
        var key = scope.CustomerId ?? "";
        var now = time.GetTimestamp();
        if (_figures.TryGetValue(key, out var known) && time.GetElapsedTime(known.At, now) < Fresh)
            return known.Figures;
        var figures = Count(scope);
        if (_figures.Count >= ScopesMax)
            _figures.Clear();
        _figures[key] = (now, figures);
        return figures;
    }

    private FleetFigures Count(AccessScope scope)
    {
        var (devices, connected, critical, high) = (0, 0, 0, 0);
        foreach (var device in fleet.All(scope))
        {
            devices++;
            if (device.IsConnected)
                connected++;
            if (device.Condition == Condition.Critical)
                critical++;
            if (device.Condition == Condition.High)
                high++;
        }

        return new FleetFigures(devices, connected, critical, high, scope.IsEverything ? StoredToday() : null, Rate());
    }

    /// <summary>Of today's messages the share that ended well: stored, filtered on purpose, or known already.</summary>
    private double? StoredToday()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var (day, counts) in pipeline.Ledger.Days())
        {
            if (day == today && counts.Processed > 0)
                return 1 - ((double)counts.Dead / counts.Processed);
        }

        return null;
    }

    /// <summary>Messages a second, over at least one second.</summary>
    private double Rate()
    {
        lock (_rating)
        {
            var now = time.GetTimestamp();
            var elapsed = time.GetElapsedTime(_ratedAt, now);
            if (elapsed < Fresh)
                return _rate;
            var count = pipeline.Progress.Received;
            _rate = (count - _ratedCount) / elapsed.TotalSeconds;
            (_ratedAt, _ratedCount) = (now, count);
            return _rate;
        }
    }
}
