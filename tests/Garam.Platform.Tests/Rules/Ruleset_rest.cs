using System.Text;
using System.Text.Json;

namespace Garam.Platform.Tests.Rules;

/// <summary>Rulesets over REST, from the first draft to the rollback.</summary>
public sealed class Ruleset_rest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly River _river;

    public Ruleset_rest() => _river = new River(_folder);

    public async ValueTask DisposeAsync()
    {
        await _river.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_ruleset_is_put_shown_compared_activated_and_rolled_back()
    {
        await using var rest = await RestBed.StartAsync(_river.Open());

        (await rest.SendAsync(HttpMethod.Put, "/rulesets/heat?author=kim&reason=first&activate=true", Text(60))).Body.GetProperty("version").GetInt32().ShouldBe(1);
        (await rest.SendAsync(HttpMethod.Put, "/rulesets/heat?reason=calmer", Text(70))).Body.GetProperty("version").GetInt32().ShouldBe(2);
        var list = (await rest.SendAsync(HttpMethod.Get, "/rulesets")).Body.GetProperty("items")[0];
        (list.GetProperty("version").GetInt32(), list.GetProperty("inForce").GetBoolean(), list.GetProperty("lastingAlarms").GetInt32()).ShouldBe((1, true, 0));
        var versions = (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat/versions")).Body.GetProperty("items");
        versions.EnumerateArray().Select(v => (v.GetProperty("version").GetInt32(), v.GetProperty("author").GetString(), v.GetProperty("active").GetBoolean()))
            .ShouldBe([(2, "local", false), (1, "kim", true)]);
        (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat/versions/2")).Body.GetProperty("text").GetString().ShouldBe(Text(70));
        (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat")).Body.GetProperty("rules")[0].GetProperty("when").GetString().ShouldBe("t > 60");

        var diff = (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat/diff")).Body;
        (diff.GetProperty("from").GetInt32(), diff.GetProperty("to").GetInt32()).ShouldBe((1, 2));
        diff.GetProperty("rules")[0].GetProperty("changes")[0].GetProperty("to").GetString().ShouldBe("t > 70");
        (await rest.SendAsync(HttpMethod.Post, "/rulesets/heat/diff", Text(80))).Body.GetProperty("lines").GetString()!.ShouldContain("+  - {id: hot, type: threshold, when: 't > 80'");

        (await rest.SendAsync(HttpMethod.Post, "/rulesets/heat/activate", new { version = 2, reason = "agreed" })).Body.GetProperty("activeVersion").GetInt32().ShouldBe(2);
        (await rest.SendAsync(HttpMethod.Post, "/rulesets/heat/rollback", new { reason = "too late" })).Body.GetProperty("activeVersion").GetInt32().ShouldBe(1);
        var history = (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat/history")).Body.GetProperty("items").EnumerateArray().ToList();
        history.Select(h => h.GetProperty("change").GetString()).ShouldBe(["rolled-back", "activated", "recorded", "activated", "recorded"]);
        (history[0].GetProperty("by").GetString(), history[0].GetProperty("reason").GetString()).ShouldBe(("local", "too late"));
        (await rest.SendAsync(HttpMethod.Post, "/rulesets/heat/rollback")).ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(409), a => a.Body.GetProperty("code").GetString().ShouldBe("ruleset-conflict"));
        (await rest.SendAsync(HttpMethod.Delete, "/rulesets/heat?reason=done")).Status.ShouldBe(200);
        (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat")).Status.ShouldBe(404);
        (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat/versions")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_bad_text_is_told_with_every_place()
    {
        await using var rest = await RestBed.StartAsync(_river.Open());

        var (status, body) = await rest.SendAsync(HttpMethod.Put, "/rulesets/heat", "ruleset: heat\nproduct: json\nrules:\n  - {id: hot, type: threshold, when: 't >', severity: high}\n  - {id: hat, type: thresh}\n");

        (status, body.GetProperty("code").GetString()).ShouldBe((422, "invalid-ruleset"));
        var problems = body.GetProperty("problems").EnumerateArray().Select(p => (p.GetProperty("line").GetInt32(), p.GetProperty("remedy").GetString())).ToList();
        problems.Select(p => p.Item1).ShouldContain(4);
        problems.Select(p => p.Item1).ShouldContain(5);
        problems.ShouldAllBe(p => p.Item2!.Length > 0);
        (await rest.SendAsync(HttpMethod.Get, "/rulesets")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await rest.SendAsync(HttpMethod.Post, "/rulesets/check?file=mine.yaml", "ruleset: [")).Body.GetProperty("detail").GetString()!.ShouldStartWith("mine.yaml:");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"text\":\"x\",\"id\":\"y\"}")]
    [InlineData("{\"id\":\"heat\",\"from\":\"yesterday\"}")]
    [InlineData("{\"id\":\"heat\",\"from\":\"-100d\"}")]
    [InlineData("{\"id\":\"heat\",\"from\":\"now\",\"to\":\"-1h\"}")]
    [InlineData("{\"id\":\"heat\",\"limit\":0}")]
    public async Task A_back_test_that_makes_no_sense_is_refused(string body)
    {
        await using var rest = await RestBed.StartAsync(_river.Open());

        (await rest.SendAsync(HttpMethod.Post, "/rulesets/backtest", JsonDocument.Parse(body).RootElement)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_back_test_answers_at_once_or_in_lines_of_progress()
    {
        await using var rest = await RestBed.StartAsync(_river.Open());
        for (var i = 0; i < 20; i++)
            _river.Send("{\"t\":90}", "d" + i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await _river.ProcessedAsync();
        var body = new { text = Text(60), from = "-1h", to = "now" };

        var whole = (await rest.SendAsync(HttpMethod.Post, "/rulesets/backtest", body)).Body;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/rulesets/backtest") { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var response = await rest.Client.SendAsync(request, Until.Token);
        var lines = (await response.Content.ReadAsStringAsync(Until.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();

        whole.GetProperty("rules")[0].GetProperty("draft").GetInt32().ShouldBe(20);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        lines.Count.ShouldBeGreaterThan(1);
        lines.SkipLast(1).ShouldAllBe(l => l.GetProperty("progress").GetDouble() <= 1);
        lines[^1].GetProperty("raised").GetArrayLength().ShouldBe(20);
        (await rest.SendAsync(HttpMethod.Post, "/rulesets/backtest", new { id = "none" })).Status.ShouldBe(404);
        (await rest.SendAsync(HttpMethod.Post, "/rulesets/backtest", new { text = "ruleset: [" })).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_trial_shows_both_arms()
    {
        await using var rest = await RestBed.StartAsync(_river.Open());
        await rest.SendAsync(HttpMethod.Put, "/rulesets/heat?activate=true", Text(95));
        await rest.SendAsync(HttpMethod.Put, "/rulesets/heat", Text(60));
        (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat/trial")).Status.ShouldBe(404);
        (await rest.SendAsync(HttpMethod.Post, "/rulesets/heat/trial", new { version = 2, share = 1.5 })).Status.ShouldBe(400);
        (await rest.SendAsync(HttpMethod.Post, "/rulesets/heat/trial", new { version = 1, share = 0.5 })).Status.ShouldBe(409);
        (await rest.SendAsync(HttpMethod.Post, "/rulesets/heat/trial", new { version = 2, share = 0.5, reason = "let us see" })).Status.ShouldBe(200);
        for (var i = 0; i < 40; i++)
            _river.Send("{\"t\":90}", "d" + i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await _river.CheckpointAsync();

        var arms = (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat/trial")).Body.GetProperty("arms");

        var (a, b) = (arms[0], arms[1]);
        (a.GetProperty("devices").GetInt32() + b.GetProperty("devices").GetInt32()).ShouldBe(40);
        b.GetProperty("devices").GetInt32().ShouldBeInRange(10, 30);
        (a.GetProperty("raised").GetInt32(), b.GetProperty("raised").GetInt32()).ShouldBe((0, b.GetProperty("devices").GetInt32()));
        (await rest.SendAsync(HttpMethod.Get, "/rulesets")).Body.GetProperty("items")[0].GetProperty("lastingAlarms").GetInt32().ShouldBe(b.GetProperty("devices").GetInt32());
        (await rest.SendAsync(HttpMethod.Delete, "/rulesets/heat/trial?reason=seen")).Status.ShouldBe(200);
        (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat/trial")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_removed_rules_alarms_are_cleared()
    {
        await using var rest = await RestBed.StartAsync(_river.Open());
        await rest.SendAsync(HttpMethod.Put, "/rulesets/heat?activate=true", Text(60));
        _river.Send("{\"t\":90}");
        await _river.CheckpointAsync();
        (await Lasting()).ShouldBe(1);

        await rest.SendAsync(HttpMethod.Put, "/rulesets/heat?activate=true&reason=out", "ruleset: heat\nproduct: json\nrules:\n  - {id: cold, type: threshold, when: 't < 0', severity: low}\n");

        await Until.True(() => Lasting().GetAwaiter().GetResult() == 0, "the alarm is cleared");

        async Task<int> Lasting() => (await rest.SendAsync(HttpMethod.Get, "/rulesets")).Body.GetProperty("items")[0].GetProperty("lastingAlarms").GetInt32();
    }

    [Fact]
    public async Task Viewers_read_and_engineers_change()
    {
        await using var rest = await RestBed.StartAsync(_river.Open(options =>
        {
            options.Identity.Tokens.Add(new ApiTokenOptions { Name = "wall", Token = "viewer-token-viewer-token", Role = "viewer" });
            options.Identity.Tokens.Add(new ApiTokenOptions { Name = "eng", Token = "engineer-token-engineer-token", Role = "engineer" });
        }));

        (await rest.SendAsync(HttpMethod.Put, "/rulesets/heat", Text(60), "viewer-token-viewer-token")).Status.ShouldBe(403);
        (await rest.SendAsync(HttpMethod.Put, "/rulesets/heat?reason=mine", Text(60), "engineer-token-engineer-token")).Status.ShouldBe(200);
        var history = (await rest.SendAsync(HttpMethod.Get, "/rulesets/heat/history", token: "viewer-token-viewer-token")).Body.GetProperty("items");
        history[0].GetProperty("by").GetString().ShouldBe("eng");
        (await rest.SendAsync(HttpMethod.Get, "/rulesets")).Status.ShouldBe(401);
    }

    private static string Text(int limit) => $"ruleset: heat\nproduct: json\nrules:\n  - {{id: hot, type: threshold, when: 't > {limit}', severity: high}}\n";
}
