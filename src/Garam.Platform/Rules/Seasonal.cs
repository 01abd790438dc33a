namespace Garam.Platform.Rules;

/// <summary>
/// The condition of a seasonal anomaly: a metric that is unlike itself at the same hour of the day and of the week. Compared are the value
/// and the mean and spread of the hourly means of earlier days (same hour, 14 days) and weeks (same hour of the week, 8 weeks).
/// </summary>
/// <param name="Metric">The metric.</param>
/// <param name="Limit">Standard deviations away from the mean, of the day's hour and of the week's, where each has enough to say.</param>
/// <param name="Minimum">Earlier hours needed before it judges; at least 3.</param>
/// <param name="TimeZone">Whose hours: an IANA name; null is UTC.</param>
public sealed record Seasonal(string Metric, double Limit, int Minimum, string? TimeZone);
