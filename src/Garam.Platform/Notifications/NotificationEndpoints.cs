using System.Globalization;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Notifications;

/// <summary>The outbox and the channels over REST.</summary>
public static class NotificationEndpoints
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;

    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var notifications = routes.MapGroup("/api/v1/notifications").WithTags("notifications");
        notifications.MapGet("", List).Require(Role.Viewer, Reach.Customer).WithSummary("Lists what people were told or will be, newest first.");
        notifications.MapGet("/channels", Channels).Require(Role.Viewer).WithSummary("The channels and whether they work.");
        notifications.MapPost("/{id:long}/retry", Retry).Require(Role.Operator).WithSummary("Sends one that failed again.");
        notifications.MapPost("/test", TestAsync).Require(Role.Operator).WithSummary("Sends a test message on a channel now and says what came of it.");
    }

    private static IResult List(
        NotificationOutbox outbox, Caller caller, string? state = null, string? channel = null, string? route = null, long? alarm = null, string? cursor = null,
        int limit = LimitDefault)
    {
        if (limit is < 1 or > LimitMax)
            return Problem.Invalid($"limit must be 1 to {LimitMax}.");
        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return Problem.Invalid("cursor must be one that a former answer gave as next.");
        NotificationState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<NotificationState>(state, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed) || char.IsAsciiDigit(state[0]))
                return Problem.Invalid("state must be waiting, sent, failed or cancelled.");
            wanted = parsed;
        }

        var found = outbox.Store.List(new NotificationFilter(wanted, channel, route, alarm, caller.Scope.CustomerId), before, limit + 1);
        var next = found.Count > limit ? found[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Ok(new { items = found.Take(limit).Select(View), next });
    }

    private static IResult Channels(NotificationDispatch dispatch, NotificationOutbox outbox, TimeProvider time)
    {
        var now = TimeParameter.ToUs(time.GetUtcNow());
        return Results.Ok(new { items = dispatch.Loops.Select(loop => View(loop, outbox, now)) });
    }

    private static IResult Retry(long id, NotificationOutbox outbox, NotificationDispatch dispatch, Caller caller, AuditTrail audit)
    {
        if (outbox.Store.Find(id) is not { } notification)
            return Problem.NotFound($"There is no notification {id}.");
        if (!dispatch.Retry(notification))
            return Problem.Of(StatusCodes.Status409Conflict, "not-failed", $"Notification {id} is {Name(notification.State)}; only failed ones are sent again.");
        audit.Record(caller, "notification.retry", id.ToString(CultureInfo.InvariantCulture), notification.Channel);
        return Results.Ok(View(outbox.Store.Find(id)!));
    }

    private static async Task<IResult> TestAsync(TestBody body, NotificationDispatch dispatch, Caller caller, AuditTrail audit, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(body.Channel))
            return Problem.Invalid("Say which: {\"channel\":\"…\"}.");
        if (await dispatch.TestAsync(body.Channel, cancellation) is not { } result)
            return Problem.NotFound($"There is no channel '{body.Channel}'. There are {string.Join(", ", dispatch.Loops.Select(l => l.Channel.Name))}.");
        audit.Record(caller, "notification.test", body.Channel, result.IsSent ? "sent" : result.Error ?? "failed");
        return result.IsSent
            ? Results.Ok(new { sent = true, channel = body.Channel })
            : Problem.Of(StatusCodes.Status502BadGateway, "channel-failed", $"The channel '{body.Channel}' did not take the message. {result.Error}");
    }

    private static object View(Notification notification) => new
    {
        id = notification.Id,
        alarm = notification.AlarmId,
        state = Name(notification.State),
        route = notification.Route,
        channel = notification.Channel,
        recipient = notification.Recipient.Length > 0 ? notification.Recipient : null,
        language = notification.Language,
        change = notification.Change.ToString().ToLowerInvariant(),
        step = notification.Step,
        severity = notification.Severity.ToString().ToLowerInvariant(),
        device_id = notification.DeviceId,
        productId = notification.ProductId,
        siteId = notification.SiteId,
        customerId = notification.CustomerId,
        message = notification.Message ?? notification.Key,
        attempts = notification.Attempts,
        created = TimeParameter.Format(notification.CreatedUs),
        due = notification.State == NotificationState.Waiting ? TimeParameter.Format(notification.DueUs) : null,
        sent = notification.SentUs is { } sent ? TimeParameter.Format(sent) : null,
        error = notification.Error,
    };

    private static object View(ChannelLoop loop, NotificationOutbox outbox, long now) => new
    {
        name = loop.Channel.Name,
        type = loop.Channel.Type,
        target = loop.Channel.Target,
        state = loop.Circuit.UntilUs > now ? "paused" : loop.Circuit.Failures > 0 ? "failing" : "working",
        until = loop.Circuit.UntilUs > now ? TimeParameter.Format(loop.Circuit.UntilUs) : null,
        failures = loop.Circuit.Failures,
        error = loop.Circuit.LastError,
        waiting = outbox.WaitingFor(loop.Channel.Name),
        sent = loop.Counters.Sent,
        messages = loop.Counters.Messages,
        failed = loop.Counters.Failed + loop.Counters.Expired,
    };

    private static string Name(NotificationState state) => state.ToString().ToLowerInvariant();

    private sealed record TestBody(string? Channel);
}
