using Garam.Platform.Rules;
using Garam.Platform.Rules.BackTest;

namespace Garam.Platform.Tests.Rules;

/// <summary>Back-tests that people start and come back to.</summary>
public sealed class Back_test_desk : IAsyncDisposable
{
    private const long Hour = 3_600_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly River _river;

    public Back_test_desk()
    {
        _river = new River(_folder);
        _river.Open();
    }

    private BackTestDesk Desk => _river.Node.BackTestDesk;

    public async ValueTask DisposeAsync()
    {
        await _river.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_is_found_again_with_its_report_and_what_both_versions_raise()
    {
        var us = TimeUs();
        _river.Send($$"""{"ts":{{us / 1000}},"t":90}""", "a");
        await _river.ProcessedAsync();
        // One at a time runs: while this one is held, the job has not begun.
        using var hold = new ManualResetEventSlim();
        var ahead = _river.Node.BackTests.RunAsync(Request("t > 70"), 10, _ => hold.Wait(Until.Token), Until.Token);
        var job = Desk.Start(Request("t > 70", live: "t > 80"), "kim").ShouldNotBeNull();
        (job.Progress.IsOver, job.By).ShouldBe((false, "kim"));
        hold.Set();
        await ahead;
        await job.Run;
        var report = Desk.Find(job.Number).ShouldNotBeNull().Progress.Report.ShouldNotBeNull();
        (report.Raised.Count, report.LiveRaised.Count, report.Gone.Count).ShouldBe((1, 1, 0));
        Desk.Find(job.Number + 1).ShouldBeNull();
    }

    [Fact]
    public async Task The_oldest_that_is_over_is_forgotten_and_numbers_go_on()
    {
        var jobs = new List<BackTestJob>();
        for (var i = 0; i < 12; i++)
        {
            jobs.Add(Desk.Start(Request("t > 70"), "kim").ShouldNotBeNull());
            await jobs[^1].Run;
        }

        jobs.Select(j => j.Number).ShouldBe(Enumerable.Range(1, 12).Select(i => (long)i));
        jobs.Select(j => Desk.Find(j.Number) is not null).ShouldBe([false, false, .. Enumerable.Repeat(true, 10)]);
    }

    [Fact]
    public async Task One_that_is_stopped_says_so_and_stopping_what_is_over_does_nothing()
    {
        var job = Desk.Start(Request("t > 70", product: "gone"), "kim").ShouldNotBeNull();
        await job.Run;
        job.Progress.Problem.ShouldNotBeNull().ToString().ShouldContain("gone");
        Desk.Stop(job.Number);
        Desk.Stop(999);
        job.Progress.Problem.ShouldNotBeNull().ToString().ShouldContain("gone");

        var jobs = Enumerable.Range(0, 5).Select(_ => Desk.Start(Request("t > 70"), "kim")!).ToList();
        Desk.Stop(jobs[^1].Number);
        await Task.WhenAll(jobs.Select(j => j.Run));
        jobs.ShouldAllBe(j => j.Progress.IsOver);
        jobs[..^1].ShouldAllBe(j => j.Progress.Report != null);
    }

    [Fact]
    public async Task Closing_the_node_ends_what_is_under_way()
    {
        var job = Desk.Start(Request("t > 70"), "kim").ShouldNotBeNull();
        await Desk.DisposeAsync();
        job.Run.IsCompletedSuccessfully.ShouldBeTrue();
        job.Progress.IsOver.ShouldBeTrue();
    }

    private static long TimeUs() => DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeMilliseconds() * 1_000;

    private static BackTestRequest Request(string when, string? live = null, string product = "json")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000;
        return new BackTestRequest(Of(when), 0, live is null ? null : new ActiveRuleset(Of(live), 1, null), now - (2 * Hour), now, new HashSet<string>());

        RulesetDefinition Of(string condition) =>
            RulesetFile.Parse($"ruleset: heat\nproduct: {product}\nrules:\n  - {{id: hot, type: threshold, when: '{condition}', severity: high}}\n", "heat.yaml").Definition!;
    }
}
