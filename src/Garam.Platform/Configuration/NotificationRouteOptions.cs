namespace Garam.Platform.Configuration;

/// <summary>Which alarms are told on which channels. An empty list of a condition fits everything.</summary>
public sealed record NotificationRouteOptions
{
    /// <summary>What <see cref="On"/> may hold.</summary>
    public static IReadOnlyList<string> OnWords { get; } = ["raised", "acknowledged", "cleared", "resolved", "closed"];

    public string Name { get; set; } = "";

    public IList<string> Customers { get; init; } = [];

    public IList<string> Sites { get; init; } = [];

    public IList<string> Products { get; init; } = [];

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c>, <c>critical</c>.</summary>
    public IList<string> Severities { get; init; } = [];

    public IList<string> Rulesets { get; init; } = [];

    public IList<string> Rules { get; init; } = [];

    /// <summary><c>mon</c> to <c>sun</c>, in <see cref="TimeZone"/>.</summary>
    public IList<string> Days { get; init; } = [];

    /// <summary><c>08:00-18:00</c>; <c>22:00-06:00</c> goes over midnight and belongs to the day it begins on. Empty: the whole day.</summary>
    public string Hours { get; set; } = "";

    /// <summary>IANA name.</summary>
    public string TimeZone { get; set; } = "Asia/Seoul";

    /// <summary><c>ko</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "ko";

    /// <summary><c>raised</c> (and raised again), <c>acknowledged</c>, <c>cleared</c>, <c>resolved</c>, <c>closed</c>; empty: <c>raised</c>.</summary>
    public IList<string> On { get; init; } = [];

    public IList<string> Channels { get; init; } = [];

    /// <summary>Who is told next while nobody acknowledges.</summary>
    public IList<EscalationStepOptions> Escalate { get; init; } = [];
}
