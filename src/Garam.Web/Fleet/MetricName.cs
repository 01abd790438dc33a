using Garam.Web.Visits;

namespace Garam.Web.Fleet;

/// <summary>Names of metrics for people: the usual ones in the reader's language, others with their words apart.</summary>
internal static class MetricName
{
    public static string Of(string metric, Visit visit) =>
        Wording.Find("metric." + metric.ToLowerInvariant(), visit.Culture) ?? metric.Replace('_', ' ');
}
