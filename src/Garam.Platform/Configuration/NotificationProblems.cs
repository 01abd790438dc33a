using Garam.Platform.Alarms;
using Garam.Platform.Notifications;

namespace Garam.Platform.Configuration;

/// <summary>Checks <see cref="NotificationOptions"/>: everything wrong at once, each with its key and what is allowed.</summary>
internal static class NotificationProblems
{
    private static readonly string[] Reserved = [NotificationPlan.MqttName, NotificationPlan.DashboardName];

    public static IEnumerable<string> Of(NotificationOptions options)
    {
        if (options.PublicUrl.Length > 0 && !IsHttp(options.PublicUrl))
            yield return "notifications.public_url: not a web address. Write https://garam.example.com.";
        foreach (var problem in options.Channels.SelectMany(OfChannel).Concat(Names("notifications.channels", options.Channels.Select(c => c.Name))))
            yield return problem;
        foreach (var problem in options.Routes.SelectMany(route => OfRoute(route, options)).Concat(Names("notifications.routes", options.Routes.Select(r => r.Name))))
            yield return problem;
    }

    private static IEnumerable<string> Names(string key, IEnumerable<string> names)
    {
        foreach (var group in names.GroupBy(n => n, StringComparer.Ordinal))
        {
            if (group.Key.Length == 0)
                yield return $"{key}: one has no name. Add name: …";
            else if (Reserved.Contains(group.Key))
                yield return $"{key}: the name '{group.Key}' is built in. Choose another; 'notifications.{group.Key}: false' turns the built-in one off.";
            else if (group.Count() > 1)
                yield return $"{key}: the name '{group.Key}' is given {group.Count()} times. Names are unique.";
        }
    }

    private static IEnumerable<string> OfChannel(NotificationChannelOptions channel)
    {
        var key = $"notifications.channels ({channel.Name})";
        if (channel.PerMinute is < 0 or > 100_000)
            yield return $"{key}: per_minute is {channel.PerMinute}. Use 0 (no limit) to 100000.";
        if (channel.DigestOver is < 0 or > 10_000)
            yield return $"{key}: digest_over is {channel.DigestOver}. Use 0 (each alone) to 10000.";
        if (channel.TimeoutSeconds is < 1 or > 300)
            yield return $"{key}: timeout_seconds is {channel.TimeoutSeconds}. Use 1 to 300.";
        var problems = channel.Type switch
        {
            "email" => OfEmail(channel, key),
            "webhook" => OfWebhook(channel, key),
            _ => [$"{key}: the type '{channel.Type}' does not exist. Use email or webhook."],
        };
        foreach (var problem in problems)
            yield return problem;
    }

    private static IEnumerable<string> OfEmail(NotificationChannelOptions channel, string key)
    {
        if (channel.Host.Length == 0)
            yield return $"{key}: host is missing. Name the SMTP server.";
        if (channel.Port is < 1 or > 65_535)
            yield return $"{key}: port is {channel.Port}. Use 1 to 65535, mostly 587.";
        if (channel.Tls is not ("required" or "implicit" or "off"))
            yield return $"{key}: tls is '{channel.Tls}'. Use required (STARTTLS), implicit (port 465) or off.";
        if (channel.Tls == "off" && channel.User.Length > 0)
            yield return $"{key}: a password must not go over an open line. Use tls: required, or leave user out.";
        if (!IsAddress(channel.From))
            yield return $"{key}: from '{channel.From}' is no mail address. Write garam@example.com or Garam <garam@example.com>.";
        if (channel.To.Count is 0 or > 100)
            yield return $"{key}: to names {channel.To.Count} addresses. Name 1 to 100.";
        foreach (var to in channel.To.Where(to => !IsAddress(to)))
            yield return $"{key}: to '{to}' is no mail address.";
        foreach (var problem in new[] { SecretFile(channel.PasswordFile, $"{key}: password_file"), SecretFile(channel.CaFile, $"{key}: ca_file") }.OfType<string>())
            yield return problem;
        if (channel.User.Length > 0 && channel.Password.Length == 0 && channel.PasswordFile.Length == 0)
            yield return $"{key}: user is given without password. Add password_file, or set the password by environment.";
    }

    private static IEnumerable<string> OfWebhook(NotificationChannelOptions channel, string key)
    {
        if (SecretFile(channel.UrlFile, $"{key}: url_file") is { } unreadable)
            yield return unreadable;
        else if (!IsHttp(SecretText.Of(channel.Url, channel.UrlFile)))
            yield return $"{key}: url is no http or https address. Write https://….";
        if (channel.Format is not ("json" or "slack" or "sms"))
            yield return $"{key}: format is '{channel.Format}'. Use json, slack or sms.";
        foreach (var header in channel.Headers)
        {
            if (header.Name.Length == 0 || header.Name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
                yield return $"{key}: '{header.Name}' is no header name. Use letters, digits and hyphens.";
            if (SecretFile(header.ValueFile, $"{key}: value_file of the header {header.Name}") is { } missing)
                yield return missing;
            else if (SecretText.Of(header.Value, header.ValueFile).Any(char.IsControl))
                yield return $"{key}: the value of the header {header.Name} holds a control character.";
        }

        if (channel.Format != "sms")
            yield break;
        if (channel.To.Count is 0 or > 100)
            yield return $"{key}: to names {channel.To.Count} telephone numbers. Name 1 to 100.";
        if (channel.ContentType is not ("application/json" or "application/x-www-form-urlencoded"))
            yield return $"{key}: content_type is '{channel.ContentType}'. Use application/json or application/x-www-form-urlencoded.";
        if (!channel.Template.Contains("{to}", StringComparison.Ordinal) || !channel.Template.Contains("{text}", StringComparison.Ordinal))
            yield return $"{key}: template must hold {{to}} and {{text}}.";
    }

    private static IEnumerable<string> OfRoute(NotificationRouteOptions route, NotificationOptions options)
    {
        var key = $"notifications.routes ({route.Name})";
        var names = options.Channels.Select(c => c.Name).ToList();
        if (options.Mqtt)
            names.Add(NotificationPlan.MqttName);
        if (options.Dashboard)
            names.Add(NotificationPlan.DashboardName);
        if (route.Channels.Count == 0 && route.Escalate.Count == 0)
            yield return $"{key}: channels is empty. Name one of {string.Join(", ", names)}.";
        foreach (var channel in route.Channels.Concat(route.Escalate.SelectMany(s => s.Channels)).Where(c => !names.Contains(c)).Distinct())
            yield return $"{key}: there is no channel '{channel}'. Use {string.Join(", ", names)}.";
        foreach (var severity in route.Severities.Where(s => !Enum.GetNames<Severity>().Contains(s, StringComparer.OrdinalIgnoreCase)))
            yield return $"{key}: the severity '{severity}' does not exist. Use low, medium, high or critical.";
        foreach (var on in route.On.Where(on => !NotificationRouteOptions.OnWords.Contains(on)))
            yield return $"{key}: on '{on}' does not exist. Use {string.Join(", ", NotificationRouteOptions.OnWords)}.";
        foreach (var day in route.Days.Where(day => NotificationPlan.DayOf(day) is null))
            yield return $"{key}: the day '{day}' does not exist. Use mon, tue, wed, thu, fri, sat, sun.";
        if (route.Hours.Length > 0 && !WeeklyHours.TryParse(route.Hours, out _, out _))
            yield return $"{key}: hours '{route.Hours}' is no span of a day. Write 08:00-18:00, or 22:00-06:00 for a night.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(route.TimeZone, out _))
            yield return $"{key}: the time zone '{route.TimeZone}' is not known here. Write an IANA name such as Asia/Seoul or UTC.";
        if (route.Language is not ("ko" or "en"))
            yield return $"{key}: language is '{route.Language}'. Use ko or en.";
        var before = TimeSpan.Zero;
        foreach (var step in route.Escalate)
        {
            if (!DurationText.TryParse(step.After, out var after) || after <= before)
                yield return $"{key}: escalate after '{step.After}' is no duration later than the step before. Write 5m, then 15m.";
            else
                before = after;
            if (step.Channels.Count == 0)
                yield return $"{key}: the escalation after {step.After} names no channels.";
        }
    }

    private static string? SecretFile(string path, string key)
    {
        if (path.Length == 0)
            return null;
        try
        {
            return File.ReadAllText(path).Length > 0 ? null : $"{key}: {path} is empty.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{key}: {path} cannot be read ({e.Message}). Check the path and its permissions.";
        }
    }

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https");

    // Control characters in an address would be lines of the mail's head.
    private static bool IsAddress(string text) => !text.Any(char.IsControl) && System.Net.Mail.MailAddress.TryCreate(text, out _);
}
