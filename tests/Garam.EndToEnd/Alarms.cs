using System.Net;
using System.Text.Json;

namespace Garam.EndToEnd;

/// <summary>From a reading over HTTP to an alarm that people deal with.</summary>
public sealed class Alarms(RunningNode node) : IClassFixture<RunningNode>
{
    [Fact]
    public async Task A_reading_becomes_an_alarm_on_the_stream_and_at_most_one_of_two_people_acknowledges_it()
    {
        await PutRulesAsync(node.Api);
        using var stream = await node.Api.Http.GetAsync("/api/v1/stream?events=alarms&devices=alarm-1", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());

        await node.Api.SendAsync("alarm-1", """{"value":61}""", "e2e-alarm");

        var raised = await NextAsync(lines);
        raised.GetProperty("change").GetString().ShouldBe("raised");
        var alarm = raised.GetProperty("alarm");
        alarm.GetProperty("message").GetProperty("ko").GetString().ShouldBe("값 61.0");
        var id = alarm.GetProperty("id").GetInt64();
        var answers = await Task.WhenAll(OrderAsync(id, "acknowledge"), OrderAsync(id, "acknowledge"));
        answers.Select(a => a.Status).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        var refused = answers.Single(a => a.Status == HttpStatusCode.Conflict).Body;
        refused.GetProperty("code").GetString().ShouldBe("alarm-state");
        refused.GetProperty("detail").GetString()!.ShouldContain("acknowledged, by local at ");

        await node.Api.SendAsync("alarm-1", """{"value":20}""", "e2e-alarm");
        await StateAsync(node.Api, id, "cleared");
        (await OrderAsync(id, "resolve", """{"note":"fan replaced"}""")).Body.GetProperty("verdict").GetString().ShouldBe("confirmed");
        var history = await node.Api.GetAsync($"/api/v1/alarms/{id}/history");
        history.GetProperty("items").EnumerateArray().Select(l => l.GetProperty("change").GetString()).Where(c => c != "acted").ShouldBe(["raised", "acknowledged", "cleared", "resolved"]);
    }

    [Fact]
    public async Task An_alarm_leads_back_to_the_bytes_that_raised_it_and_the_command_line_shows_and_dismisses_it()
    {
        await PutRulesAsync(node.Api);
        await node.Api.SendAsync("alarm-2", """{"value":62.5}""", "e2e-alarm");
        var id = await OnlyAsync(node.Api, "alarm-2");

        var alarm = await node.Api.GetAsync($"/api/v1/alarms/{id}");
        alarm.GetProperty("raw").GetProperty("hex").GetString().ShouldBe("0x" + Convert.ToHexStringLower("""{"value":62.5}"""u8));
        alarm.GetProperty("raw").GetProperty("position").GetInt64().ShouldBe(alarm.GetProperty("lineage").GetProperty("position").GetInt64());
        (await Command.GaramAsync(["alarms", "list", "--device", "alarm-2"], node.Process.Url)).Output.ShouldContain("Value 62.5");
        (await Command.GaramAsync(["alarms", "show", $"{id}"], node.Process.Url)).Output.ShouldContain("e2e-alarm");
        var dismissed = await Command.GaramAsync(["alarms", "dismiss", $"{id}", "--reason", "a test"], node.Process.Url);
        dismissed.ExitCode.ShouldBe(0, dismissed.ToString());
        var again = await Command.GaramAsync(["alarms", "ack", $"{id}"], node.Process.Url);
        again.ExitCode.ShouldBe(1, again.ToString());
        again.ToString().ShouldContain("dismissed as a false alarm, by local");
    }

    [Fact]
    public async Task After_a_kill_what_lasts_is_the_same_alarm_and_clears_with_the_next_reading()
    {
        using var folder = new TemporaryFolder();
        long id;
        await using (var garam = await GaramProcess.StartAsync(folder["data"]))
        {
            await PutRulesAsync(garam.Api);
            await garam.Api.SendAsync("alarm-3", """{"value":61}""", "e2e-alarm");
            id = await OnlyAsync(garam.Api, "alarm-3");
            await garam.KillAsync();
        }

        await using var again = await GaramProcess.StartAsync(folder["data"]);
        await again.Api.SendAsync("alarm-3", """{"value":65}""", "e2e-alarm");
        await again.Api.SettledLedgerAsync();
        (await OnlyAsync(again.Api, "alarm-3")).ShouldBe(id);
        await again.Api.SendAsync("alarm-3", """{"value":20}""", "e2e-alarm");
        await StateAsync(again.Api, id, "cleared");
        (await OnlyAsync(again.Api, "alarm-3")).ShouldBe(id);
    }

    private static async Task PutRulesAsync(NodeApi api)
    {
        await api.PutProductAsync("e2e-alarm", """
            product_type: e2e-alarm
            title: {en: Alarming}
            version: 1
            format: json
            conversion:
              mapping:
                - {source: value, target: value, type: float}
            """);
        using var answer = await api.PutAsync("/api/v1/rulesets/e2e-alarm?activate=true&reason=test", """
            ruleset: e2e-alarm
            product: e2e-alarm
            version: 1
            rules:
              - id: high
                type: threshold
                when: value > 60
                clear: value < 55
                severity: critical
                message: {en: "Value {value:0.0}", ko: "값 {value:0.0}"}
            """, "application/yaml");
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement> NextAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonDocument.Parse(line[6..]).RootElement;
        }

        throw new EndOfStreamException("the stream has ended");
    }

    private static async Task<long> OnlyAsync(NodeApi api, string device)
    {
        var found = await Until.ReadsAsync(() => api.GetAsync($"/api/v1/alarms?device={device}"), a => a.GetProperty("items").GetArrayLength() > 0, "an alarm");
        found.GetProperty("items").GetArrayLength().ShouldBe(1);
        return found.GetProperty("items")[0].GetProperty("id").GetInt64();
    }

    private static Task StateAsync(NodeApi api, long id, string state) =>
        Until.ReadsAsync(() => api.GetAsync($"/api/v1/alarms/{id}"), a => a.GetProperty("state").GetString() == state, $"it is {state}");

    private async Task<(HttpStatusCode Status, JsonElement Body)> OrderAsync(long id, string order, string body = "{}")
    {
        using var answer = await node.Api.Http.PostAsync($"/api/v1/alarms/{id}/{order}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }
}
