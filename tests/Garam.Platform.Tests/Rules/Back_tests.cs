using System.Globalization;
using Garam.Platform.Alarms;
using Garam.Platform.Rules;
using Garam.Platform.Rules.BackTest;

namespace Garam.Platform.Tests.Rules;

/// <summary>What rulesets would have raised in the past, beside what the lanes raised when it was present.</summary>
public sealed class Back_tests : IAsyncDisposable
{
    private const long Minute = 60_000_000;

    private static readonly long Start = (DateTimeOffset.UtcNow.AddHours(-8).ToUnixTimeSeconds() / 3_600 * 3_600_000_000L);

    private readonly TemporaryFolder _folder = new();
    private readonly River _river;

    public Back_tests() => _river = new River(_folder);

    private GaramNode Node => _river.Node;

    public async ValueTask DisposeAsync()
    {
        await _river.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_back_test_says_what_the_lanes_raised()
    {
        Open();
        var random = new Random(7);
        const string rules = """
              - id: hot
                type: threshold
                when: t > 70
                for: 2m
                clear: t < 60
                severity: high
                message: {en: "{t:0.0} °C"}
              - id: spike
                type: anomaly
                when: t > avg(t, 30m) + 2 * stddev(t, 30m) and t > 50
                severity: medium
              - id: cold-after-hot
                type: correlation
                sequence: [t > 70, t < 55]
                within: 30m
                severity: low
              - id: several
                type: correlation
                across: site
                within: 2m
                when: devices(t > 65) >= 2
                severity: critical
            """;
        foreach (var device in new[] { "a", "b", "c" })
            Place(device, device == "c" ? "two" : "one");
        Activate(Ruleset(rules));
        var level = new Dictionary<string, double> { ["a"] = 55, ["b"] = 58, ["c"] = 60 };
        for (var minute = 0; minute < 360; minute++)
        {
            foreach (var device in level.Keys.ToList())
            {
                level[device] = Math.Clamp(level[device] + (random.NextDouble() * 24) - 12, 40, 85);
                // One after the other in time, so that several lanes judge the groups in the order of the past.
                Send(device, Start + (minute * Minute) + (device[0] * 1_000_000L), level[device]);
                await _river.ProcessedAsync();
            }
        }

        await _river.CheckpointAsync();
        var real = Node.RulesetAlarms.Between("heat", Start, Start + (400 * Minute), new HashSet<string>());
        var report = await RunAsync(Ruleset(rules), Start, Start + (400 * Minute));

        report.Rules.ShouldAllBe(r => r.Draft > 3);
        real.Select(a => a.Rule).Distinct().Order().ShouldBe(["cold-after-hot", "hot", "several", "spike"]);
        Keys(report.Raised.Select(a => (a.Rule, a.Subject, a.RaisedUs))).ShouldBe(Keys(real.Select(a => (a.Rule, a.Subject, a.FirstUs))));
        report.Rules.ShouldAllBe(r => r.Draft == r.Live && r.Shared == r.Draft && r.Added == 0 && r.Gone == 0);
        (report.Devices, report.Readings, report.Cut).ShouldBe((3, 1_080, 0));
        report.Raised.First(a => a.Rule == "hot").Message.ShouldEndWith("°C");
    }

    [Fact]
    public async Task A_range_in_the_middle_knows_what_was_before_it()
    {
        Open();
        var rules = Ruleset("  - {id: drift, type: anomaly, when: 't > avg(t, 1h) + 4', severity: high}\n");
        for (var minute = 0; minute < 120; minute++)
            Send("a", Start + (minute * Minute), minute is >= 90 and < 95 ? 30 : 20);
        await _river.ProcessedAsync();

        var whole = await RunAsync(rules, Start, Start + (120 * Minute));
        var part = await RunAsync(rules, Start + (80 * Minute), Start + (120 * Minute));

        var alarm = part.Raised.ShouldHaveSingleItem();
        (alarm.RaisedUs, alarm.ClearedUs, alarm.Count, alarm.Worst).ShouldBe((Start + (90 * Minute), Start + (95 * Minute), 5, 30));
        whole.Raised.ShouldHaveSingleItem().RaisedUs.ShouldBe(alarm.RaisedUs);
        part.Readings.ShouldBe(100);
    }

    [Fact]
    public async Task A_draft_is_laid_beside_the_live_version_and_beside_what_people_said()
    {
        Open();
        Activate(Ruleset("  - {id: hot, type: threshold, when: 't > 70', severity: high}\n"));
        double[] peaks = [75, 90, 72, 95];
        for (var i = 0; i < peaks.Length; i++)
        {
            Send("a", Start + (i * 60 * Minute), peaks[i]);
            Send("a", Start + (((i * 60) + 5) * Minute), 20);
        }

        Send("a", Start + (300 * Minute), 65);
        await _river.CheckpointAsync();
        // 75 was a false alarm, 90 was right, 72 nobody looked at, 95 was right.
        await JudgeAsync(1, isRight: false);
        await JudgeAsync(2, isRight: true);
        await JudgeAsync(4, isRight: true);

        var strict = await RunAsync(Ruleset("  - {id: hot, type: threshold, when: 't > 80', severity: high}\n"), Start, Start + (400 * Minute));
        var wide = await RunAsync(
            Ruleset("  - {id: hot, type: threshold, when: 't > 60', severity: high}\n  - {id: cool, type: threshold, when: 't < 30', severity: low}\n"), Start, Start + (400 * Minute));

        strict.Rules.Single().ShouldBe(new BackTestRuleTotal("hot", 2, 4, 2, 0, 2, 4));
        strict.Draft.ShouldBe(new BackTestQuality(2, 2, 1, 0, 0, 1, 1));
        strict.Live.ShouldBe(new BackTestQuality(2, 2, 1, 1, 1, 2.0 / 3, 1));
        strict.Gone.Select(a => a.Worst).ShouldBe([75, 72]);
        wide.Rules.ShouldBe([new BackTestRuleTotal("hot", 5, 4, 4, 1, 0, 4), new BackTestRuleTotal("cool", 4, 0, 0, 4, 0, 0)]);
        wide.Raised.Where(a => a.Rule == "hot").Select(a => a.Verdict).ShouldBe(["dismissed", "confirmed", null, "confirmed", null]);
    }

    [Fact]
    public async Task Silences_and_absences_run_out_between_readings_and_at_the_end()
    {
        Open();
        foreach (var minute in new[] { 0, 1, 2, 30, 31, 60 })
            Send("a", Start + (minute * Minute), minute == 2 ? 90 : 20);
        await _river.ProcessedAsync();

        var report = await RunAsync(
            Ruleset("  - {id: quiet, type: anomaly, silence: 10m, severity: high}\n  - {id: no-relief, type: correlation, after: t > 80, absent: t < 10, within: 5m, severity: high}\n"),
            Start, Start + (90 * Minute));

        report.Raised.Where(a => a.Rule == "quiet").Select(a => (a.RaisedUs - Start) / Minute).ShouldBe([12, 41, 70]);
        report.Raised.Where(a => a.Rule == "quiet").Select(a => a.ClearedUs is null).ShouldBe([false, false, true]);
        report.Raised.Single(a => a.Rule == "no-relief").RaisedUs.ShouldBe(Start + (7 * Minute));
    }

    [Fact]
    public async Task A_text_counts_from_the_moment_it_became_so()
    {
        Open();
        for (var minute = 0; minute < 30; minute++)
            _river.Send(Line(Start + (minute * Minute), 20, minute is >= 10 and < 20 ? "heat" : "idle"));
        await _river.ProcessedAsync();

        var report = await RunAsync(Ruleset("  - {id: heating, type: threshold, when: 'mode == \"heat\"', severity: low}\n"), Start + (5 * Minute), Start + (60 * Minute));

        var alarm = report.Raised.ShouldHaveSingleItem();
        (alarm.RaisedUs, alarm.ClearedUs, alarm.Count).ShouldBe((Start + (10 * Minute), Start + (20 * Minute), 10));
    }

    [Fact]
    public async Task Only_the_devices_asked_for_are_looked_at()
    {
        Open();
        foreach (var device in new[] { "a", "b" })
            Send(device, Start, 90);
        await _river.ProcessedAsync();

        var report = await RunAsync(Ruleset("  - {id: hot, type: threshold, when: 't > 70', severity: high}\n"), Start, Start + Minute, "b");

        report.Raised.ShouldHaveSingleItem().Subject.ShouldBe("b");
        report.Devices.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_listed_is_counted()
    {
        Open();
        for (var i = 0; i < 50; i++)
            Send("a", Start + (i * Minute), i % 2 == 0 ? 90 : 20);
        await _river.ProcessedAsync();

        var request = new BackTestRequest(Parse("  - {id: hot, type: threshold, when: 't > 70', severity: high}\n"), 0, null, Start, Start + (60 * Minute), new HashSet<string>());
        var report = (await Node.BackTests.RunAsync(request, 10, _ => { }, Until.Token))!;

        (report.Raised.Count, report.Cut, report.Rules.Single().Draft).ShouldBe((10, 15, 25));
    }

    [Fact]
    public async Task One_runs_a_few_wait_and_one_more_is_refused_and_whoever_goes_frees_the_place()
    {
        Open();
        Send("a", Start, 90);
        await _river.ProcessedAsync();
        var request = new BackTestRequest(Parse("  - {id: hot, type: threshold, when: 't > 70', severity: high}\n"), 0, null, Start, Start + Minute, new HashSet<string>());
        using var hold = new ManualResetEventSlim();
        using var leave = new CancellationTokenSource();
        var running = Node.BackTests.RunAsync(request, 10, _ => hold.Wait(Until.Token), leave.Token);
        var waiting = Enumerable.Range(0, 4).Select(_ => Node.BackTests.RunAsync(request, 10, _ => { }, leave.Token)).ToList();

        (await Node.BackTests.RunAsync(request, 10, _ => { }, Until.Token)).ShouldBeNull();
        await leave.CancelAsync();
        hold.Set();
        foreach (var one in waiting)
            await Should.ThrowAsync<OperationCanceledException>(() => one);
        await Task.WhenAny(running);
        (await Node.BackTests.RunAsync(request, 10, _ => { }, Until.Token)).ShouldNotBeNull().Raised.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Progress_rises_to_the_end()
    {
        Open();
        for (var i = 0; i < 40; i++)
            Send("d" + i.ToString(CultureInfo.InvariantCulture), Start, 90);
        await _river.ProcessedAsync();
        var shares = new List<double>();

        await Node.BackTests.RunAsync(
            new BackTestRequest(Parse("  - {id: hot, type: threshold, when: 't > 70', severity: high}\n"), 0, null, Start, Start + Minute, new HashSet<string>()),
            10, shares.Add, Until.Token);

        shares.Count.ShouldBeGreaterThan(5);
        shares.ShouldBeInOrder();
        shares[^1].ShouldBe(1, 0.01);
    }

    /// <summary>Alarms of hours come within a moment here: they would be taken as flapping.</summary>
    private void Open() => _river.Open(options => options.Alarms.FlapRaises = 1_000);

    private static string Ruleset(string rules) => "ruleset: heat\nproduct: json\nrules:\n" + rules;

    private static RulesetDefinition Parse(string rules)
    {
        var result = RulesetFile.Parse(rules.StartsWith("ruleset", StringComparison.Ordinal) ? rules : Ruleset(rules), "heat.yaml");
        result.Problems.ShouldBeEmpty();
        return result.Definition!;
    }

    private static string Line(long timeUs, double t, string? mode = null) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"ts\":{timeUs / 1000},\"t\":{t}{(mode is null ? "" : $",\"mode\":\"{mode}\"")}}}");

    private static IEnumerable<string> Keys(IEnumerable<(string Rule, string Subject, long Us)> alarms) =>
        alarms.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Rule} {a.Subject} {(a.Us - Start) / 1_000_000}")).Order(StringComparer.Ordinal);

    private void Send(string device, long timeUs, double t) => _river.Send(Line(timeUs, t), device);

    /// <summary>Makes a device known before its first reading.</summary>
    private void Place(string device, string site)
    {
        Node.Registry.Put(new Site(site, null, null));
        DeviceId.TryParse(device, out var id, out _).ShouldBeTrue();
        Node.Registry.Put(id, d => d with { ProductId = "json", SiteId = site });
    }

    private void Activate(string text) => Node.Rulesets.Put("heat", text, "kim", true, RulesetBed.By("kim")).Refusal.ShouldBeNull();

    private async Task JudgeAsync(long alarm, bool isRight) => (await Node.Alarms.OrderAsync(
        new AlarmOrder(alarm, isRight ? AlarmOrderKind.Resolve : AlarmOrderKind.Dismiss, "kim", "seen on site"), Until.Token)).ShouldNotBeNull();

    private async Task<BackTestReport> RunAsync(string rules, long fromUs, long toUs, params string[] devices) => (await Node.BackTests.RunAsync(
        new BackTestRequest(Parse(rules), 0, Node.Rulesets.Find("heat")?.InForce, fromUs, toUs, devices.ToHashSet()), 10_000, _ => { }, Until.Token))!;
}
