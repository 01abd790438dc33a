using System.Diagnostics;
using System.Text.Json;

namespace Garam.EndToEnd;

/// <summary><c>./garam replay</c> cut off in the middle by SIGKILL and run again, beside one that nothing disturbed: both begin with the same folder.</summary>
public sealed class Interrupted_replay(ITestOutputHelper output)
{
    private const int Readings = 10_000;
    private const int LinesAtOnce = 5_000;

    /// <summary>A fast machine may be done before the signal comes; then it is tried on another copy.</summary>
    private const int AttemptsMax = 10;

    private static readonly string[] Devices = ["oven-1", "oven-2", "oven-3", "oven-4"];

    [Fact]
    public async Task Run_again_it_leaves_the_samples_rollups_and_alarms_of_an_undisturbed_one()
    {
        using var folder = new TemporaryFolder();
        await FeedAsync(folder["fed"]);
        Copy(folder["fed"], folder["undisturbed"]);
        var expected = await UndisturbedAsync(folder["undisturbed"]);

        foreach (var killed in new[] { "node", "command" })
        {
            IReadOnlyDictionary<string, string>? found = null;
            for (var attempt = 1; attempt <= AttemptsMax && found is null; attempt++)
            {
                Copy(folder["fed"], folder[$"{killed}-{attempt}"]);
                found = await InterruptedAsync(folder[$"{killed}-{attempt}"], killed);
                output.WriteLine($"attempt {attempt} to kill the {killed}: {(found is null ? "too late" : "in the middle")}");
            }

            found.ShouldNotBeNull($"the replay of {Readings * Devices.Length} messages was never caught in the middle");
            foreach (var (what, content) in expected)
                (found[what] == content).ShouldBeTrue($"after a kill of the {killed}, {what}: {found[what][..Math.Min(500, found[what].Length)]}");
        }
    }

    /// <summary>Readings under a spec whose scale is half of what it should be and that misspells a metric, with a rule that so never raises.</summary>
    private static async Task FeedAsync(string data)
    {
        await using var garam = await GaramProcess.StartAsync(data);
        await garam.Api.PutProductAsync("e2e-oven", Spec(version: 1, "0.25", "humidite"));
        using var rules = await garam.Api.PutAsync("/api/v1/rulesets/e2e-oven?activate=true&reason=test", """
            ruleset: e2e-oven
            product: e2e-oven
            version: 1
            rules:
              - {id: hot, type: threshold, when: temperature > 150, clear: temperature < 50, severity: low}
            """, "application/yaml");
        rules.IsSuccessStatusCode.ShouldBeTrue(await rules.Content.ReadAsStringAsync());
        var firstMs = DateTimeOffset.UtcNow.AddHours(-10).ToUnixTimeMilliseconds();
        var perDevice = LinesAtOnce / Devices.Length;
        for (var first = 0; first < Readings; first += perDevice)
        {
            var lines = Enumerable.Range(first, perDevice).SelectMany(i => Devices.Select(device =>
                $$$"""{"deviceId":"{{{device}}}","product":"e2e-oven","payload":{"ts":{{{firstMs + (i * 1_000L)}}},"t":{{{i % 400}}},"h":{{{i % 7}}}}}"""));
            (await garam.Api.SendLinesAsync(lines)).GetProperty("accepted").GetInt32().ShouldBe(LinesAtOnce);
        }

        await garam.Api.SettledLedgerAsync(TimeSpan.FromMinutes(1));
        (await garam.Api.GetAsync("/api/v1/alarms?limit=1")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await garam.TerminateAsync()).ShouldBe(0, garam.Errors);
    }

    private static async Task<IReadOnlyDictionary<string, string>> UndisturbedAsync(string data)
    {
        await using var garam = await GaramProcess.StartAsync(data);
        await MendAsync(garam.Api);
        await ReplayAsync(garam);
        var content = await ContentAsync(garam.Api);
        content["oven-1 raw"].ShouldNotContain("humidite");
        content["alarms"].Split('\n').Length.ShouldBe(Devices.Length * ((Readings / 400) - 1), "the last of each device still holds");
        return content;
    }

    /// <summary>Null when the replay was over before it was cut off.</summary>
    private static async Task<IReadOnlyDictionary<string, string>?> InterruptedAsync(string data, string killed)
    {
        var garam = await GaramProcess.StartAsync(data);
        try
        {
            await MendAsync(garam.Api);
            using (var command = Start(garam.Url))
            {
                await Until.TrueAsync(async () => command.HasExited || await HasAsync(garam.Api, "oven-1", "humidity"), "the first readings are repaired", TimeSpan.FromMinutes(1));
                if (killed == "node")
                    await garam.KillAsync();
                else
                    command.Kill();
                await command.WaitForExitAsync();
                if (command.ExitCode == 0)
                    return null;
            }

            if (killed == "node")
            {
                await garam.DisposeAsync();
                garam = await GaramProcess.StartAsync(data);
            }

            // What the misspelt metric still has was not reached.
            if (!await HasAsync(garam.Api, Devices[^1], "humidite"))
                return null;
            await ReplayAsync(garam);
            return await ContentAsync(garam.Api);
        }
        finally
        {
            await garam.DisposeAsync();
        }
    }

    private static Process Start(string url)
    {
        var start = new ProcessStartInfo(Installation.DotNet, [Installation.Program, .. Arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["GARAM_HOME"], start.Environment["GARAM_URL"]) = (Installation.Home, url);
        var command = Process.Start(start)!;
        command.BeginOutputReadLine();
        command.BeginErrorReadLine();
        return command;
    }

    private static string[] Arguments => ["replay", "--from", "-1d", "--raise"];

    /// <summary>To its end; a node whose asker was killed may need a moment to notice, and says so.</summary>
    private static async Task ReplayAsync(GaramProcess garam)
    {
        var done = await Until.ReadsAsync(
            () => Command.GaramAsync(Arguments, garam.Url), r => !r.Error.Contains("A replay is running", StringComparison.Ordinal), "no other replay runs");
        done.ExitCode.ShouldBe(0, done.ToString());
    }

    private static Task MendAsync(NodeApi api) => api.PutProductAsync("e2e-oven", Spec(version: 2, "0.5", "humidity"));

    private static async Task<bool> HasAsync(NodeApi api, string device, string metric) =>
        (await api.GetAsync($"/api/v1/devices/{device}/telemetry?metrics={metric}&from=-1d&step=1h")).GetProperty("series").EnumerateArray()
            .Any(s => s.GetProperty("points").GetArrayLength() > 0);

    /// <summary>Everything that is asked for after a repair, by what it is. Scales are powers of two: their sums are exact in any order.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> ContentAsync(NodeApi api)
    {
        var content = new Dictionary<string, string>();
        foreach (var device in Devices)
        {
            foreach (var step in new[] { "raw", "1m", "1h", "1d" })
            {
                var answer = await api.GetAsync($"/api/v1/devices/{device}/telemetry?from=2020-01-01T00:00:00Z&step={step}&maxPoints=200000&agg=avg,min,max,count");
                content[$"{device} {step}"] = answer.GetProperty("series").GetRawText();
            }

            content[$"{device} latest"] = (await api.GetAsync($"/api/v1/devices/{device}/latest")).GetProperty("metrics").GetRawText();
        }

        var alarms = (await api.GetAsync("/api/v1/alarms?limit=1000")).GetProperty("items").EnumerateArray().Select(Alarm);
        content["alarms"] = string.Join('\n', alarms.Order(StringComparer.Ordinal));
        return content;
    }

    /// <summary>All of an alarm but its number and when it was recorded.</summary>
    private static string Alarm(JsonElement alarm) => string.Join(
        ' ', new[] { "device_id", "rule", "state", "first", "last", "count", "snapshot", "lineage" }.Select(name => alarm.GetProperty(name).GetRawText()));

    private static string Spec(int version, string scale, string humidity) => $$"""
        product_type: e2e-oven
        title: {en: Oven}
        version: {{version}}
        format: json
        conversion:
          timestamp: {source: ts, format: unix_ms}
          mapping:
            - {source: t, target: temperature, type: float, scale: {{scale}}}
            - {source: h, target: {{humidity}}, type: float}
        """;

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
