using System.Globalization;
using Garam.Expressions;
using Garam.Platform.Alarms;
using Garam.Platform.Detection;
using Garam.Platform.Replay;
using Garam.Platform.Rules;
using Garam.Platform.Telemetry;

namespace Garam.Platform.Tests.Replay;

/// <summary>A replay makes the store what it would have been had today's specs been there from the start.</summary>
public sealed class Repair : IDisposable
{
    private const string Wrong = """
        product_type: json
        version: 1
        format: json
        conversion:
          timestamp: {source: ts, format: auto}
          mapping:
            - {source: t, target: temperature, type: float, scale: 0.01}
            - {source: h, target: humidite, type: float}
            - {source: m, target: mode, type: string}
        """;

    private const string Right = """
        product_type: json
        version: 2
        format: json
        conversion:
          timestamp: {source: ts, format: auto}
          mapping:
            - {source: t, target: temperature, type: float, scale: 0.1}
            - {source: h, target: humidity, type: float}
            - {source: m2, target: mode, type: string}
            - {source: m, target: phase, type: string}
        """;

    private const int Readings = 3_000;
    private static readonly long FirstMs = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 3_600_000 * 3_600_000) - 86_400_000;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _freshFolder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _freshFolder.Dispose();
    }

    [Fact]
    public async Task A_mended_spec_makes_the_store_what_a_fresh_node_would_have()
    {
        await using var river = await FedAsync(Wrong);
        await using var fresh = await FreshAsync(Right);
        var before = Content(river);

        Mend(river, Right);
        var report = await RunAsync(river);

        ShouldHoldTheSame(river, fresh);
        Content(river).ShouldNotBe(before);
        river.Node.Pipeline.Ledger.Total().ShouldBe(fresh.Node.Pipeline.Ledger.Total());
        river.Node.Problems().ShouldBeEmpty();
        report.Messages.ShouldBe(Readings + 4);
        report.Moves.ShouldBeEmpty();
        report.Changes.Single(c => c is { DeviceId: "a", Metric: "temperature" }).Changed.ShouldBeGreaterThan(Readings / 3);
        report.Changes.Single(c => c is { DeviceId: "a", Metric: "humidite" }).Removed.ShouldBeGreaterThan(Readings / 3);
        report.Changes.Single(c => c is { DeviceId: "a", Metric: "humidity" }).Added.ShouldBeGreaterThan(Readings / 3);
    }

    [Fact]
    public async Task A_second_time_changes_nothing_and_a_restart_neither()
    {
        await using var river = await FedAsync(Wrong);
        Mend(river, Right);
        await RunAsync(river);
        var once = Content(river);

        var again = await RunAsync(river);

        (again.Added, again.Changed, again.Removed).ShouldBe((0, 0, 0));
        Content(river).ShouldBe(once);
        await river.CrashAsync();
        river.Open();
        Mend(river, Right);
        Content(river).ShouldBe(once);
    }

    [Fact]
    public async Task A_dry_run_tells_what_the_run_does_and_changes_nothing()
    {
        await using var river = await FedAsync(Wrong);
        var before = Content(river);
        Mend(river, Right);

        var said = await RunAsync(river, isDryRun: true);

        Content(river).ShouldBe(before);
        var done = await RunAsync(river);
        (said.Added, said.Changed, said.Removed).ShouldBe((done.Added, done.Changed, done.Removed));
        var example = said.Changes.Single(c => c is { DeviceId: "a", Metric: "temperature" }).Examples[0];
        (double.Parse(example.After!, CultureInfo.InvariantCulture) / double.Parse(example.Before!, CultureInfo.InvariantCulture)).ShouldBe(10, 0.0001);
    }

    [Fact]
    public async Task Readings_of_a_mended_timestamp_leave_their_former_times()
    {
        const string misread = "product_type: json\nversion: 1\nformat: json\nconversion:\n  timestamp: {source: other, format: auto}\n  mapping: [{source: t, target: temperature, type: float}]\n";
        const string mended = "product_type: json\nversion: 2\nformat: json\nconversion:\n  timestamp: {source: ts, format: auto}\n  mapping: [{source: t, target: temperature, type: float}]\n";
        await using var river = await FedAsync(misread);
        await using var fresh = await FreshAsync(mended);

        Mend(river, mended);
        await RunAsync(river);

        ShouldHoldTheSame(river, fresh);
        river.Node.Pipeline.Ledger.Total().ShouldBe(fresh.Node.Pipeline.Ledger.Total());
    }

    [Fact]
    public async Task What_decodes_no_more_becomes_a_dead_letter_once_and_comes_back_with_its_spec()
    {
        const string strict = "product_type: json\nversion: 3\nformat: json\nconversion:\n  timestamp: {source: ts, format: auto}\n  mapping: [{source: t, target: temperature, type: float}, {source: door, target: door, type: float}]\ncontract: {required: [temperature, door], on_violation: reject}\n";
        await using var river = await FedAsync(Right);
        var good = Content(river);
        var books = river.Node.Pipeline.Ledger.Total();

        Mend(river, strict);
        var dead = await RunAsync(river);
        await RunAsync(river);

        river.Node.DeadLetters.CountByReason().Values.Sum().ShouldBe(river.Node.Pipeline.Ledger.Total().Dead);
        dead.Moves["stored to dead"].ShouldBeGreaterThan(Readings / 2);
        river.Values("temperature").ShouldBeEmpty();
        river.Node.Pipeline.Ledger.Total().Processed.ShouldBe(books.Processed);

        Mend(river, Right);
        await RunAsync(river);

        Content(river).ShouldBe(good);
        river.Node.Pipeline.Ledger.Total().Stored.ShouldBe(books.Stored);
        river.Node.Pipeline.Ledger.Total().Dead.ShouldBe(books.Dead);
        river.Node.DeadLetters.CountByReason().Values.Sum().ShouldBe(books.Dead);
    }

    [Fact]
    public async Task Derived_metrics_are_made_again()
    {
        var code = new PackCode { Derivations = [new RunningMean()] };
        await using var river = await FedAsync(Wrong, code);
        await using var fresh = await FreshAsync(Right, code);

        Mend(river, Right);
        await RunAsync(river);

        river.Values("mean").ShouldNotBeEmpty();
        ShouldHoldTheSame(river, fresh);
    }

    [Fact]
    public async Task Live_readings_meanwhile_keep_their_order_and_their_values()
    {
        await using var river = await FedAsync(Wrong);
        Mend(river, Right);
        using var watcher = river.Node.Stream.Watch(new HashSet<string> { "live" }, AccessScope.Everything);
        var run = RunAsync(river);
        var sent = 0;
        while (!run.IsCompleted || sent < 200)
        {
            river.Send($$"""{"ts":{{FirstMs + sent}},"t":{{sent}}}""", "live");
            river.Send($$"""{"ts":{{FirstMs + 80_000_000 + sent}},"t":{{sent}},"h":1}""");
            if (++sent % 50 == 0)
                await river.DurableAsync(new Garam.Log.LogPosition(river.Node.Log.Next.Value - 1));
        }

        await run;
        await river.CheckpointAsync();

        river.Values("temperature", "live").Select(v => (int)Math.Round(v * 10)).ShouldBe(Enumerable.Range(0, sent));
        river.Values("temperature").TakeLast(sent).Select(v => (int)Math.Round(v * 10)).ShouldBe(Enumerable.Range(0, sent));
        river.Node.Pipeline.Ledger.Check(river.Node.Log.Next.Value).ShouldBe(0);
    }

    [Fact]
    public async Task A_replay_that_dies_in_the_middle_is_finished_by_the_next()
    {
        await using var river = await FedAsync(Wrong);
        await using var fresh = await FreshAsync(Right);
        Mend(river, Right);
        using var cancellation = new CancellationTokenSource();
        var half = river.Node.Replay.TryRunAsync(new ReplayRequest(0, long.MaxValue / 2, null, false), _ => cancellation.Cancel(), cancellation.Token);
        await Should.ThrowAsync<OperationCanceledException>(half);
        await river.CrashAsync();

        river.Open();
        Mend(river, Right);
        await RunAsync(river);

        ShouldHoldTheSame(river, fresh);
        river.Node.Pipeline.Ledger.Total().ShouldBe(fresh.Node.Pipeline.Ledger.Total());
    }

    [Fact]
    public async Task A_range_in_the_middle_leaves_what_lies_around_it()
    {
        await using var river = await FedAsync(Wrong);
        var before = river.Values("temperature");
        var received = DateTimeOffset.UtcNow;
        await Until.True(() => DateTimeOffset.UtcNow > received.AddMilliseconds(2), "another millisecond");
        river.Send($$"""{"ts":{{FirstMs + 82_000_000}},"t":500,"m":"a"}""");
        await river.CheckpointAsync();
        Mend(river, Right);

        await RunAsync(river, fromUs: Rest.TimeParameter.ToUs(received));

        river.Values("temperature")[^1].ShouldBe(50);
        river.Values("temperature")[..^1].ShouldBe(before);
        river.Values("humidite").ShouldNotBeEmpty();
        river.Values("humidity").ShouldBeEmpty();
    }

    [Fact]
    public async Task One_replay_runs_at_a_time_and_a_deleted_device_stays_deleted()
    {
        await using var river = await FedAsync(Wrong);
        river.Node.Registry.Remove(DeviceId.Trusted("b"));
        Mend(river, Right);
        var before = StoreContent.Of(river.Node.Store, "b");

        // Asked for from within the first, which so is certainly not over.
        var request = new ReplayRequest(0, long.MaxValue / 2, null, false);
        Task<ReplayReport?>? second = null;
        var first = (await river.Node.Replay.TryRunAsync(request, _ => second ??= river.Node.Replay.TryRunAsync(request, _ => { }, Until.Token), Until.Token)).ShouldNotBeNull();
        (await second.ShouldNotBeNull()).ShouldBeNull();
        first.Skipped.ShouldBeGreaterThan(Readings / 4);
        StoreContent.Of(river.Node.Store, "b").ShouldBe(before);
    }

    [Fact]
    public async Task Alarms_that_a_wrong_spec_hid_are_recorded_when_asked_for_and_only_once()
    {
        await using var river = await FedAsync(Wrong);
        const string rules = """
            ruleset: late
            product: json
            version: 1
            rules:
              - {id: warm, type: threshold, when: temperature > 100, clear: temperature < 20, severity: critical}
              - {id: never, type: threshold, when: temperature > 1000000, severity: low}

            """;
        river.Node.Rulesets.Put("late", rules, "kim", true, new RulesetDecision("kim", "", 0, null)).Refusal.ShouldBeNull();
        // Under the wrong spec 30 °C at most; under the right one beyond 100 from about the thousandth message on, and then cold again.
        river.Send($$"""{"ts":{{FirstMs + 30_000_000}},"t":0}""");
        await river.CheckpointAsync();
        river.Node.AlarmStore.List(new AlarmFilter(), 10).ShouldBeEmpty();
        Mend(river, Right);

        (await RunAsync(river)).Alarms.ShouldBeNull();
        river.Node.AlarmStore.List(new AlarmFilter(), 10).ShouldBeEmpty();
        var report = await RunAsync(river, raisesFor: "kim");
        var again = await RunAsync(river, raisesFor: "kim");

        report.Alarms.ShouldNotBeNull().ShouldSatisfyAllConditions(
            a => a.Raised.ShouldBe(new Dictionary<string, long> { ["warm"] = 1 }),
            a => a.Known.ShouldBe(0),
            // Device b has not become cold again.
            a => a.Holding.ShouldBe(1));
        again.Alarms.ShouldNotBeNull().ShouldSatisfyAllConditions(a => a.Raised.ShouldBeEmpty(), a => a.Known.ShouldBe(1));
        var alarm = river.Node.AlarmStore.List(new AlarmFilter(), 10).ShouldHaveSingleItem();
        alarm.ShouldSatisfyAllConditions(
            a => a.DeviceId.ShouldBe("a"),
            a => a.State.ShouldBe(AlarmState.Cleared),
            a => a.SpecVersion.ShouldBe(2),
            a => ((a.FirstUs / 1_000) - FirstMs).ShouldBeInRange(3_000_000, 5_100_000),
            a => a.ClearedUs!.Value.ShouldBe((FirstMs + 30_000_000) * 1_000),
            a => a.Count.ShouldBeGreaterThan(1_000),
            a => a.Worst.ShouldBe(299.8, 0.2));
        river.Node.AlarmStore.History(alarm.Id, 0, 10).Select(h => (h.Change, h.MadeBy, h.Note)).ShouldBe([("raised", "kim", "replay"), ("cleared", "kim", "replay")]);
        // The way back to the bytes.
        var raw = new RawReadings(river.Node.Store, river.Node.Log, river.Node.Packs).At(alarm.RaisedPosition, null);
        System.Text.Encoding.UTF8.GetString(raw.Payload!).ShouldContain($"\"ts\":{alarm.FirstUs / 1_000},");
        // What holds still is raised by the next reading, as ever.
        river.Send($$"""{"ts":{{FirstMs + 30_000_000}},"t":2000}""", "b");
        await river.CheckpointAsync();
        river.Node.AlarmStore.List(new AlarmFilter(Device: "b"), 10).ShouldHaveSingleItem().State.ShouldBe(AlarmState.Raised);
    }

    private async Task<River> FedAsync(string spec, PackCode? code = null) => await FeedAsync(_folder, spec, code);

    private async Task<River> FreshAsync(string spec, PackCode? code = null) => await FeedAsync(_freshFolder, spec, code);

    /// <summary>A node that has taken the same messages under a spec: two devices, late and repeated readings, texts, broken ones.</summary>
    private static async Task<River> FeedAsync(TemporaryFolder folder, string spec, PackCode? code)
    {
        var river = new River(folder, lanes: 2) { Code = code ?? PackCode.None };
        river.Open();
        Mend(river, spec);
        var random = new Random(11);
        for (var i = 0; i < Readings; i++)
        {
            // Late readings have no texts: what a late text means depends on repeats before it that leave no trace.
            var lateMs = random.Next(20) == 0 ? random.Next(1, 400) * 5_000L : 0;
            var ms = FirstMs + (i * 5_000L) - lateMs;
            var texts = lateMs > 0 ? "" : $",\"m\":\"{(i / 100 % 2 == 0 ? "a" : "b")}\",\"m2\":\"{(i / 70 % 3 == 0 ? "calm" : "busy")}\"";
            river.Send($$"""{"ts":{{ms}},"other":{{ms - 40_000_000}},"t":{{i}},"h":{{i % 7}}{{texts}}}""", i % 3 == 0 ? "b" : "a");
            if (i == Readings / 2)
                await river.CheckpointAsync();
        }

        river.Send("broken");
        river.Send($$"""{"ts":{{FirstMs}},"other":{{FirstMs - 40_000_000}},"t":7}""", "c");
        river.Send($$"""{"ts":{{FirstMs}},"other":{{FirstMs - 40_000_000}},"t":7}""", "c");
        river.Send($$"""{"ts":{{FirstMs}},"other":{{FirstMs - 40_000_000}},"h":8}""", "c");
        await river.CheckpointAsync();
        return river;
    }

    private static void Mend(River river, string spec) => river.Node.Packs.PutProduct("json", spec).ShouldBeEmpty();

    private static async Task<ReplayReport> RunAsync(River river, bool isDryRun = false, long fromUs = 0, string? raisesFor = null) =>
        (await river.Node.Replay.TryRunAsync(new ReplayRequest(fromUs, long.MaxValue / 2, null, isDryRun) { RaisesFor = raisesFor }, _ => { }, Until.Token)).ShouldNotBeNull();

    private static void ShouldHoldTheSame(River river, River fresh)
    {
        var (actual, expected) = (Content(river), Content(fresh));
        actual.Except(expected).Take(10).ShouldBeEmpty("what should not be there");
        expected.Except(actual).Take(10).ShouldBeEmpty("what is missing");
        actual.ShouldBe(expected);
    }

    private static List<string> Content(River river) => [.. new[] { "a", "b", "c" }.SelectMany(d => StoreContent.Of(river.Node.Store, d).Select(line => $"{d} {line}"))];

    /// <summary>Depends on all readings before, in the order in which they came.</summary>
    private sealed class RunningMean : IMetricDerivation
    {
        public string ProductId => "json";

        public IReadOnlyList<string> Inputs { get; } = ["temperature"];

        public IReadOnlyList<DerivedMetric> Outputs { get; } = [new("mean", Garam.Decoding.MetricKind.Number), new("trend", Garam.Decoding.MetricKind.Text)];

        public TimeSpan History => TimeSpan.FromHours(1);

        public IDerivationState NewState() => new State();

        private sealed class State : IDerivationState
        {
            private double _mean;

            public void Remember(long timeUs, ReadOnlySpan<Value> inputs, ReadOnlySpan<Value> outputs) => _mean = outputs[0].Number;

            public void Derive(long timeUs, ReadOnlySpan<Value> inputs, Span<Value> outputs)
            {
                if (inputs[0].IsMissing)
                    return;
                outputs[1] = Value.Of(inputs[0].Number > _mean ? "up" : "down");
                _mean = (_mean * 0.9) + (inputs[0].Number * 0.1);
                outputs[0] = Value.Of(_mean);
            }
        }
    }
}
