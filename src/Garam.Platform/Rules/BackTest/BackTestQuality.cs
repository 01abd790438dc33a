namespace Garam.Platform.Rules.BackTest;

/// <summary>How one version does against what people said of the real alarms in the range.</summary>
/// <param name="Confirmed">Real alarms that people confirmed.</param>
/// <param name="ConfirmedRaised">Of these, how many the version raises.</param>
/// <param name="Dismissed">Real alarms that people dismissed as false.</param>
/// <param name="DismissedRaised">Of these, how many the version raises all the same.</param>
/// <param name="Unjudged">Alarms of the version that stand for no real one people said something of.</param>
/// <param name="Precision">Confirmed among the judged ones it raises; null when it raises none of them.</param>
/// <param name="Recall">Share of the confirmed ones that it raises; null when nobody confirmed any.</param>
public sealed record BackTestQuality(
    long Confirmed, long ConfirmedRaised, long Dismissed, long DismissedRaised, long Unjudged, double? Precision, double? Recall);
