using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Garam.Platform.Alarms;
using Garam.Platform.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Tests.Notifications;

/// <summary>The outbox and the channels over REST, on a whole node.</summary>
public sealed class Notification_endpoints : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private River _river = null!;
    private HttpPeer _peer = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private long _alarms;

    public async ValueTask InitializeAsync()
    {
        _peer = await HttpPeer.StartAsync();
        _river = new River(_folder);
        var node = _river.Open(options =>
        {
            var hook = NoticeBed.Webhook(_peer);
            hook.Headers.Add(new NotificationHeaderOptions { Name = "X-Secret", Value = "very-secret-value" });
            options.Notifications = NoticeBed.To(hook);
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddGaramNode(node);
        _app = builder.Build();
        _app.MapNotifications();
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _river.DisposeAsync();
        await _peer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_failed_notification_is_listed_and_sent_again_once()
    {
        _peer.Answer(403);
        Raise();
        await Until.True(() => Rows(NotificationState.Failed) == 1, "it was refused");
        var failed = (await ListAsync("?state=failed")).ShouldHaveSingleItem();
        (failed.GetProperty("channel").GetString(), failed.GetProperty("attempts").GetInt32(), failed.GetProperty("error").GetString()!.Contains("403", StringComparison.Ordinal))
            .ShouldBe(("hook", 1, true));

        (await _http.PostAsync($"/api/v1/notifications/{failed.GetProperty("id").GetInt64()}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Until.True(() => Rows(NotificationState.Sent) == 1, "it was sent");
        (await ListAsync("?state=sent&channel=hook")).ShouldHaveSingleItem();

        (await _http.PostAsync($"/api/v1/notifications/{failed.GetProperty("id").GetInt64()}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await _http.PostAsync("/api/v1/notifications/4711/retry", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _http.GetAsync("/api/v1/notifications?state=lost")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        for (var i = 0; i < 5; i++)
            Raise();

        var first = await _http.GetFromJsonAsync<JsonElement>("/api/v1/notifications?limit=3");
        var second = await _http.GetFromJsonAsync<JsonElement>($"/api/v1/notifications?limit=3&cursor={first.GetProperty("next").GetString()}");

        first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(n => n.GetProperty("id").GetInt64()).ShouldBe([5, 4, 3, 2, 1]);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_test_says_what_came_of_it_and_channels_show_no_secret()
    {
        _peer.Answer(200, 500);
        (await _http.PostAsJsonAsync("/api/v1/notifications/test", new { channel = "hook" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var failed = await _http.PostAsJsonAsync("/api/v1/notifications/test", new { channel = "hook" });
        (failed.StatusCode, (await failed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()).ShouldBe((HttpStatusCode.BadGateway, "channel-failed"));
        (await _http.PostAsJsonAsync("/api/v1/notifications/test", new { channel = "none" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var channels = await _http.GetStringAsync("/api/v1/notifications/channels");

        channels.ShouldContain("\"name\":\"hook\"");
        channels.ShouldNotContain("very-secret-value");
        channels.ShouldNotContain("/in\"");
    }

    private void Raise()
    {
        var node = _river.Node;
        using var connection = node.Outbox.Database.Connect();
        using var transaction = connection.BeginTransaction();
        node.Outbox.Add(connection, transaction, [new AlarmEvent(AlarmChange.Raised, NoticeBed.Alarm(++_alarms, 1, "d-1", Severity.High), 1, null, null)]);
        transaction.Commit();
        node.Outbox.Wake();
    }

    private int Rows(NotificationState state) => _river.Node.Outbox.Store.List(new NotificationFilter(state, null, null, null, null), long.MaxValue, 10).Count;

    private async Task<List<JsonElement>> ListAsync(string query) =>
        [.. (await _http.GetFromJsonAsync<JsonElement>("/api/v1/notifications" + query)).GetProperty("items").EnumerateArray()];
}
