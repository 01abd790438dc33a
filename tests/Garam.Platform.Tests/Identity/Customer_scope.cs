using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Garam.Platform.Alarms;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Tests.Identity;

/// <summary>
/// A user of one customer at every endpoint there is. Each states its reach; one that reaches customers' things has its questions in
/// <see cref="Questions"/>, and no answer may name what is another's.
/// </summary>
public sealed partial class Customer_scope : IAsyncLifetime
{
    private const string Theirs = "their-meter";
    private const string Ours = "our-meter";

    /// <summary>Questions about another's things, by endpoint; those that name one by id are answered 404, as if there were none.</summary>
    private static readonly Dictionary<string, string[]> Questions = new()
    {
        ["GET /api/v1/devices"] = ["/api/v1/devices", "/api/v1/devices?q=their", "/api/v1/devices?customer=theirs", "/api/v1/devices?site=their-house"],
        ["GET /api/v1/devices/{id}"] = ["/api/v1/devices/their-meter"],
        ["GET /api/v1/sites"] = ["/api/v1/sites"],
        ["GET /api/v1/customers"] = ["/api/v1/customers"],
        ["GET /api/v1/latest"] = ["/api/v1/latest", "/api/v1/latest?site=their-house"],
        ["GET /api/v1/devices/{id}/latest"] = ["/api/v1/devices/their-meter/latest"],
        ["GET /api/v1/devices/{id}/telemetry"] = ["/api/v1/devices/their-meter/telemetry?from=-1d"],
        ["GET /api/v1/devices/{id}/raw"] = ["/api/v1/devices/their-meter/raw?from=-1d"],
        ["GET /api/v1/dead-letters"] = ["/api/v1/dead-letters", "/api/v1/dead-letters?device=their-meter"],
        ["GET /api/v1/dead-letters/{id:long}"] = ["/api/v1/dead-letters/THEIR-LETTER"],
        // It never ends; Streams_carry_nothing_of_others looks at it.
        ["GET /api/v1/stream"] = [],
        ["GET /api/v1/alarms"] = ["/api/v1/alarms", "/api/v1/alarms?customer=theirs", "/api/v1/alarms?device=their-meter", "/api/v1/alarms?site=their-house"],
        ["GET /api/v1/alarms/summary"] = ["/api/v1/alarms/summary"],
        ["GET /api/v1/alarms/{id:long}"] = ["/api/v1/alarms/THEIR-ALARM"],
        ["GET /api/v1/alarms/{id:long}/history"] = ["/api/v1/alarms/THEIR-ALARM/history"],
        ["POST /api/v1/alarms/{id:long}/acknowledge"] = ["POST /api/v1/alarms/THEIR-ALARM/acknowledge"],
        ["POST /api/v1/alarms/{id:long}/resolve"] = ["POST /api/v1/alarms/THEIR-ALARM/resolve"],
        ["POST /api/v1/alarms/{id:long}/dismiss"] = ["POST /api/v1/alarms/THEIR-ALARM/dismiss"],
        ["GET /api/v1/notifications"] = ["/api/v1/notifications", "/api/v1/notifications?state=sent"],
        ["POST /api/v1/alarms/{id:long}/close"] = ["POST /api/v1/alarms/THEIR-ALARM/close"],
    };

    private WebNode _node = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _node = await WebNode.StartAsync();
        using var root = _node.Root();
        foreach (var (customer, site, device) in new[] { ("ours", "our-house", Ours), ("theirs", "their-house", Theirs) })
        {
            await PutAsync(root, $"/api/v1/customers/{customer}", $$"""{"title":"{{customer}}"}""");
            await PutAsync(root, $"/api/v1/sites/{site}", $$"""{"customerId":"{{customer}}"}""");
            await PutAsync(root, $"/api/v1/devices/{device}", $$"""{"productId":"json","siteId":"{{site}}"}""");
            (await root.PostAsync($"/api/v1/ingest/{device}", WebNode.Json("""{"a":1}"""))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await root.PostAsync($"/api/v1/ingest/{device}", WebNode.Json("not json"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await RaiseAsync(device);
        }

        _node.AddUser("olga", Role.Administrator, "ours");
        _node.Node.Credentials.ApiTokens.Issue("olga", "test", null, null, null, out _token, out _).ShouldBeNull();
        await Until.True(() => _node.Node.Pipeline.Progress.Lag == 0 && _node.Node.DeadLetters.List(null, null, -1, 10).Count == 2, "two letters are written");
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public void Every_endpoint_states_who_may_call_it_and_whose_things_it_touches() =>
        Endpoints().Where(e => e.Requirement is null).Select(e => e.Name).ShouldBe(["GET /test/forgery"]);

    [Fact]
    public async Task Every_guarded_endpoint_refuses_a_stranger()
    {
        using var stranger = _node.Client();
        foreach (var (name, method, path, requirement) in Endpoints().Where(e => e.Requirement?.Role is not null))
            (await SendAsync(stranger, method, path)).ShouldBe(HttpStatusCode.Unauthorized, name);
    }

    [Fact]
    public async Task What_concerns_the_whole_platform_is_refused_to_a_customers_administrator()
    {
        using var olga = _node.Client(_token);
        foreach (var (name, method, path, _) in Endpoints().Where(e => e.Requirement is { Role: not null, Reach: Reach.Platform }))
            (await SendAsync(olga, method, path)).ShouldBe(HttpStatusCode.Forbidden, name);
    }

    [Fact]
    public async Task No_answer_names_what_is_another_customers()
    {
        Endpoints().Where(e => e.Requirement is { Role: not null, Reach: Reach.Customer }).Select(e => e.Name).Order()
            .ShouldBe(Questions.Keys.Order(), "an endpoint that reaches customers' things needs its questions here");
        using var olga = _node.Client(_token);
        var theirLetter = _node.Node.DeadLetters.List(null, Theirs, -1, 10).Single().Position.ToString(CultureInfo.InvariantCulture);

        var theirAlarm = _node.Node.AlarmStore.List(new AlarmFilter { Device = Theirs, RaisedOnly = true }, 10).Single().Id.ToString(CultureInfo.InvariantCulture);

        foreach (var question in Questions.Values.SelectMany(q => q))
        {
            var path = question.Replace("THEIR-LETTER", theirLetter).Replace("THEIR-ALARM", theirAlarm);
            using var answer = path.StartsWith("POST ", StringComparison.Ordinal)
                ? await olga.PostAsync(path[5..], WebNode.Json("""{"note":"n","reason":"r"}"""))
                : await olga.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            if (question.Contains("their-meter") && !question.Contains('?') || question.Contains("/their-meter/") || question.Contains("THEIR"))
                answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, question);
            else
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, question);
            Foreign().IsMatch(text.Replace("There is no device 'their-meter'.", "")).ShouldBeFalse($"{question}: {text}");
        }
    }

    [Fact]
    public async Task What_is_guessed_looks_like_what_does_not_exist()
    {
        using var olga = _node.Client(_token);
        foreach (var tail in new[] { "", "/latest", "/raw", "/telemetry" })
        {
            var guessed = await WebNode.ReadAsync(await olga.GetAsync($"/api/v1/devices/{Theirs}{tail}"));
            var absent = await WebNode.ReadAsync(await olga.GetAsync($"/api/v1/devices/none-there{tail}"));
            guessed.GetProperty("detail").GetString()!.Replace(Theirs, "none-there").ShouldBe(absent.GetProperty("detail").GetString());
            guessed.GetProperty("code").GetString().ShouldBe(absent.GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task The_own_things_are_all_there()
    {
        using var olga = _node.Client(_token);

        (await olga.GetStringAsync("/api/v1/devices")).ShouldContain(Ours);
        (await olga.GetStringAsync("/api/v1/latest")).ShouldContain(Ours);
        (await olga.GetStringAsync($"/api/v1/devices/{Ours}/latest")).ShouldContain("\"a\"");
        (await olga.GetStringAsync("/api/v1/dead-letters")).ShouldContain(Ours);
        (await olga.GetStringAsync("/api/v1/sites")).ShouldContain("our-house");
        (await olga.GetStringAsync("/api/v1/alarms")).ShouldContain(Ours);
        (await olga.GetStringAsync("/api/v1/notifications")).ShouldContain(Ours);
        (await olga.GetStringAsync("/api/v1/alarms/summary")).ShouldContain("\"open\":1");
    }

    [Fact]
    public async Task Streams_carry_nothing_of_others_also_when_asked_for_by_name()
    {
        using var olga = _node.Client(_token);
        using var stream = await olga.GetAsync($"/api/v1/stream?devices={Theirs},{Ours}", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync(Until.Token)).ShouldBe(": watching");
        using var root = _node.Root();
        foreach (var device in new[] { Theirs, Ours })
        {
            await RaiseAsync(device, "second");
            await root.PostAsync($"/api/v1/ingest/{device}", WebNode.Json("""{"a":2}"""));
        }

        string? line;
        while ((line = await lines.ReadLineAsync(Until.Token))?.Contains(Ours) is false)
            line.ShouldNotContain(Theirs);
        line.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_alarm_across_customers_names_to_each_the_own_devices_only()
    {
        using var olga = _node.Client(_token);
        using var root = _node.Root();
        var id = _node.Node.AlarmStore.List(new AlarmFilter { Device = Ours }, 10).Single().Id;

        foreach (var path in new[] { "/api/v1/alarms", $"/api/v1/alarms/{id}" })
        {
            (await root.GetStringAsync(path)).ShouldContain("\"devices\":[\"our-meter\",\"their-meter\"]");
            (await olga.GetStringAsync(path)).ShouldContain("\"devices\":[\"our-meter\"]");
        }

        (await WebNode.ReadAsync(await root.GetAsync($"/api/v1/alarms?device={Theirs}"))).GetProperty("items").GetArrayLength().ShouldBe(2, "its own and the one that lists it");
        (await WebNode.ReadAsync(await olga.GetAsync($"/api/v1/alarms?device={Theirs}"))).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_device_that_moves_to_another_customer_is_seen_there_at_once()
    {
        using var root = _node.Root();
        using var olga = _node.Client(_token);
        await PutAsync(root, $"/api/v1/devices/{Theirs}", """{"siteId":"our-house"}""");
        (await olga.GetAsync($"/api/v1/devices/{Theirs}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await PutAsync(root, $"/api/v1/devices/{Ours}", """{"siteId":"their-house"}""");
        (await olga.GetAsync($"/api/v1/devices/{Ours}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Readings_are_sent_for_the_own_devices_only()
    {
        using var olga = _node.Client(_token);
        (await olga.PostAsync($"/api/v1/ingest/{Ours}", WebNode.Json("""{"a":3}"""))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await olga.PostAsync($"/api/v1/ingest/{Theirs}", WebNode.Json("""{"a":3}"""))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await olga.PostAsync("/api/v1/ingest/new-device?product=json", WebNode.Json("""{"a":3}"""))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var batch = await WebNode.ReadAsync(await olga.PostAsync("/api/v1/ingest", WebNode.Json("""{"deviceId":"their-meter","payload":{"a":3}}""")));
        batch.GetProperty("accepted").GetInt32().ShouldBe(0);
    }

    private async Task RaiseAsync(string device, string rule = "first")
    {
        await _node.Node.Alarms.AddAsync(new AlarmRaise(new AlarmKey("rules", rule, device), -1, ManualTime.StartUs)
        {
            DeviceId = device, ProductId = "json", RulesetVersion = 1, SpecVersion = 1, Severity = Severity.High, FollowUp = FollowUp.Notify, Kind = rule,
            Texts = new AlarmTexts(device, device, [], []), SinceUs = ManualTime.StartUs, ReceivedUs = ManualTime.StartUs,
            // As a rule across the devices of a product does.
            Devices = device == Ours ? [Ours, Theirs] : [],
        });
        await _node.Node.Alarms.FlushAsync(Until.Token);
    }

    [GeneratedRegex("their-meter|their-house|\"theirs\"")]
    private static partial Regex Foreign();

    private IEnumerable<(string Name, HttpMethod Method, string Path, AccessRequirement? Requirement)> Endpoints() =>
        from endpoint in _node.Endpoints
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        let method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET"
        select ($"{method} {pattern}", HttpMethod.Parse(method), Parameter().Replace(pattern, "1"), endpoint.Metadata.GetMetadata<AccessRequirement>());

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private static async Task PutAsync(HttpClient client, string path, string body) => (await client.PutAsync(path, WebNode.Json(body))).EnsureSuccessStatusCode();
}
