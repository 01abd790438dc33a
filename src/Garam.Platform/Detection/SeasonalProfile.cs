using Garam.Platform.Rules;
using Garam.TimeSeries;

namespace Garam.Platform.Detection;

/// <summary>
/// What a metric of one device usually is at an hour of the day and of the week: mean and spread of the hourly means of earlier days and
/// weeks, read from the store's rollups once for each hour. Owned by a lane.
/// </summary>
internal sealed class SeasonalProfile(Seasonal seasonal, TimeSeriesStore store, SeriesGroup group)
{
    private const long HourUs = 3_600_000_000;
    private const int Days = 14;
    private const int Weeks = 8;

    /// <summary>Values that never vary would make every other one infinitely unlikely; this share of the mean is always allowed.</summary>
    private const double SpreadFloor = 1e-3;

    private readonly TimeZoneInfo _zone = seasonal.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
    private long _hour = long.MinValue;
    private (double Mean, double Spread) _day;
    private (double Mean, double Spread) _week;

    /// <summary>Whether a value is unlike its hour: of the day and of the week, as far as there are enough of them to say. NaN never is.</summary>
    public bool Differs(long timeUs, double value)
    {
        if (double.IsNaN(value))
            return false;
        if (timeUs / HourUs != _hour)
            Load(timeUs);
        var byDay = Differs(_day, value);
        var byWeek = Differs(_week, value);
        return (byDay ?? byWeek ?? false) && (byWeek ?? true);
    }

    private bool? Differs((double Mean, double Spread) usual, double value) =>
        double.IsNaN(usual.Mean) ? null : Math.Abs(value - usual.Mean) > seasonal.Limit * Math.Max(usual.Spread, Math.Abs(usual.Mean) * SpreadFloor);

    private void Load(long timeUs)
    {
        _hour = timeUs / HourUs;
        var start = _hour * HourUs;
        var local = Local(start);
        List<double> day = [], week = [];
        using var hours = store.Query(group, new SeriesQuery(seasonal.Metric, start - (Weeks * 7 * 24 * HourUs), start, QueryStep.Of(TimeSpan.FromHours(1))));
        for (var i = 0; i < hours.Count; i++)
        {
            var at = Local(hours.Times[i]);
            if (at.Hour != local.Hour || double.IsNaN(hours.Values[i]))
                continue;
            if (start - hours.Times[i] <= Days * 24 * HourUs)
                day.Add(hours.Values[i]);
            if (at.DayOfWeek == local.DayOfWeek)
                week.Add(hours.Values[i]);
        }

        _day = Usual(day);
        _week = Usual(week);
    }

    private DateTimeOffset Local(long us) => TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddMicroseconds(us), _zone);

    private (double Mean, double Spread) Usual(List<double> values)
    {
        if (values.Count < seasonal.Minimum)
            return (double.NaN, double.NaN);
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Count - 1)));
    }
}
