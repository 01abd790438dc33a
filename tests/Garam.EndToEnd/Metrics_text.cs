using System.Text.RegularExpressions;

namespace Garam.EndToEnd;

public sealed partial class Metrics_text(RunningNode node) : IClassFixture<RunningNode>
{
    private static readonly string[] Promised =
    [
        "garam_ingress_messages_total", "garam_log_append_seconds", "garam_log_lag_messages", "garam_pipeline_messages_total",
        "garam_pipeline_latency_seconds", "garam_samples_total", "garam_dead_letters_total", "garam_ledger_messages", "garam_mqtt_connections",
    ];

    [Fact]
    public async Task It_holds_every_promised_metric_and_counts_what_was_sent()
    {
        await SendOneOfEachAsync();
        var text = await node.Api.Http.GetStringAsync("/metrics");
        foreach (var name in Promised)
            text.ShouldContain($"# TYPE {name} ");
        Value(text, """garam_ingress_messages_total{protocol="http",result="accepted"}""").ShouldBeGreaterThanOrEqualTo(2);
        Value(text, """garam_dead_letters_total{reason="truncated"}""").ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task The_ledgers_states_sum_up_to_what_was_received()
    {
        await SendOneOfEachAsync();
        var received = (await node.Api.SettledLedgerAsync()).Received;
        var text = await node.Api.Http.GetStringAsync("/metrics");
        Regex.Matches(text, """^garam_ledger_messages\{[^}]*\} (\S+)$""", RegexOptions.Multiline).Sum(m => double.Parse(m.Groups[1].ValueSpan)).ShouldBe(received);
    }

    [Fact]
    public async Task Every_line_is_Prometheus_text()
    {
        await SendOneOfEachAsync();
        foreach (var line in (await node.Api.Http.GetStringAsync("/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Line().IsMatch(line).ShouldBeTrue(line);
    }

    [Fact]
    public async Task Promtool_has_nothing_to_say()
    {
        Assert.SkipUnless(Command.Exists("promtool"), "promtool is not installed (package prometheus)");
        await SendOneOfEachAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["metrics"], await node.Api.Http.GetStringAsync("/metrics"));
        var checking = await Command.RunAsync("sh", ["-c", "promtool check metrics < \"$0\"", folder["metrics"]]);
        checking.ExitCode.ShouldBe(0, checking.ToString());
    }

    private async Task SendOneOfEachAsync()
    {
        await node.Api.SendAsync("metrics-1", """{"a":1}""", "json");
        await node.Api.SendAsync("metrics-1", "0x00", "product_a");
        await node.Api.SettledLedgerAsync();
    }

    private static double Value(string text, string series)
    {
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith(series + " ", StringComparison.Ordinal));
        line.ShouldNotBeNull(series);
        return double.Parse(line.AsSpan(series.Length + 1));
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_]\w*="(\\.|[^"\\])*",?)*\})? ([-+]?[0-9.]+([eE][-+]?[0-9]+)?|NaN|[-+]Inf))$""")]
    private static partial Regex Line();
}
