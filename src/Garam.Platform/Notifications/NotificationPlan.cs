using Garam.Platform.Alarms;
using Garam.Platform.Configuration;

namespace Garam.Platform.Notifications;

/// <summary>The routes as configured, with those that exist by themselves.</summary>
internal sealed class NotificationPlan
{
    /// <summary>Name of the built-in channel and route to <c>alerts/{product}/{device}</c>.</summary>
    public const string MqttName = "mqtt";

    /// <summary>Name of the built-in channel and route to the dashboard's stream.</summary>
    public const string DashboardName = "dashboard";

    private NotificationPlan(IReadOnlyList<NotificationRoute> routes) => Routes = routes;

    public IReadOnlyList<NotificationRoute> Routes { get; }

    /// <param name="options">Checked: <see cref="NotificationProblems"/> found none.</param>
    public static NotificationPlan Of(NotificationOptions options)
    {
        var recipients = options.Channels.ToDictionary(c => c.Name, Recipients, StringComparer.Ordinal);
        var routes = options.Routes.Select(route => RouteOf(route, recipients)).ToList();
        if (options.Mqtt)
            routes.Add(BuiltIn(MqttName, NotificationRouteOptions.OnWords));
        if (options.Dashboard)
            routes.Add(BuiltIn(DashboardName, ["raised"]));
        return new NotificationPlan(routes);
    }

    public NotificationRoute? Find(string name) => Routes.FirstOrDefault(r => r.Name == name);

    /// <summary>The changes that a word of <c>on</c> means; empty when it is none.</summary>
    public static IReadOnlyList<AlarmChange> ChangesOf(string word) => word switch
    {
        "raised" => [AlarmChange.Raised, AlarmChange.Reopened],
        "acknowledged" => [AlarmChange.Acknowledged],
        "cleared" => [AlarmChange.Cleared],
        "resolved" => [AlarmChange.Resolved],
        "closed" => [AlarmChange.Closed, AlarmChange.Dismissed],
        _ => [],
    };

    public static DayOfWeek? DayOf(string word) =>
        word.Length == 3 && Enum.GetValues<DayOfWeek>().Where(d => d.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase)).ToList() is [var day] ? day : null;

    private static NotificationRoute BuiltIn(string name, IEnumerable<string> on) => new()
    {
        Name = name,
        On = on.SelectMany(ChangesOf).ToHashSet(),
        Language = "ko",
        Targets = [new NotificationTarget(name, "")],
    };

    private static NotificationRoute RouteOf(NotificationRouteOptions route, Dictionary<string, IReadOnlyList<string>> recipients)
    {
        return new NotificationRoute
        {
            Name = route.Name,
            Customers = SetOf(route.Customers),
            Sites = SetOf(route.Sites),
            Products = SetOf(route.Products),
            Rulesets = SetOf(route.Rulesets),
            Rules = SetOf(route.Rules),
            Severities = route.Severities.Count == 0 ? null : route.Severities.Select(s => Enum.Parse<Severity>(s, ignoreCase: true)).ToHashSet(),
            On = (route.On.Count == 0 ? ["raised"] : route.On).SelectMany(ChangesOf).ToHashSet(),
            Hours = HoursOf(route),
            Language = route.Language,
            Zone = TimeZoneInfo.FindSystemTimeZoneById(route.TimeZone),
            Targets = Targets(route.Channels),
            Steps = [.. route.Escalate.Select(StepOf)],
        };

        EscalationStep StepOf(EscalationStepOptions step)
        {
            return new EscalationStep(DurationText.TryParse(step.After, out var after) ? after : TimeSpan.Zero, Targets(step.Channels));
        }

        IReadOnlyList<NotificationTarget> Targets(IEnumerable<string> channels) =>
            [.. channels.Distinct(StringComparer.Ordinal).SelectMany(channel =>
                recipients.GetValueOrDefault(channel, [""]).Select(recipient => new NotificationTarget(channel, recipient)))];
    }

    private static WeeklyHours? HoursOf(NotificationRouteOptions route)
    {
        if (route.Hours.Length == 0 && route.Days.Count == 0)
            return null;
        if (!WeeklyHours.TryParse(route.Hours, out var from, out var to))
            from = to = TimeOnly.MinValue;
        var days = route.Days.Count == 0 ? null : route.Days.Select(DayOf).OfType<DayOfWeek>().ToHashSet();
        return new WeeklyHours(days, from, to, TimeZoneInfo.FindSystemTimeZoneById(route.TimeZone));
    }

    private static HashSet<string>? SetOf(IList<string> values) => values.Count == 0 ? null : values.ToHashSet(StringComparer.Ordinal);

    private static IReadOnlyList<string> Recipients(NotificationChannelOptions channel) =>
        channel is { Type: "webhook", Format: "sms" } ? [.. channel.To.Distinct(StringComparer.Ordinal)] : [""];
}
