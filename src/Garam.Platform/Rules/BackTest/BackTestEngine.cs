using Garam.Platform.Detection;
using Garam.Platform.Devices;
using Garam.Platform.Packs;
using Garam.TimeSeries;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Rules.BackTest;

/// <summary>
/// Runs rulesets over the stored past, through the same detection that judges what comes in.
/// <list type="number">
/// <item>Derived metrics are taken as they are stored; nothing is written, nobody is told.</item>
/// <item>Readings before the range fill windows and states, without a word.</item>
/// <item>Devices that a rule looks at together are run together, in order of time; all others by themselves, on several threads.</item>
/// </list>
/// </summary>
internal sealed class BackTestEngine(DeviceRegistry registry, TimeSeriesStore store, PackCode code, ILogger logger)
{
    /// <summary>Threads of one back-test: the lanes go on meanwhile.</summary>
    private static readonly int Threads = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>The longest warm-up: rules look back 31 days at most.</summary>
    private static readonly TimeSpan WarmMax = TimeSpan.FromDays(31);

    /// <param name="ruleset">The only one that judges; its trial is left out.</param>
    /// <param name="beside">Runs under way at once, this one included: they share the threads.</param>
    /// <param name="progress">Told the share done, 0 to 1, from several threads.</param>
    public async Task<BackTestRun> RunAsync(
        Product product, RulesetDefinition ruleset, int version, BackTestRequest request, int beside, Action<double> progress, CancellationToken cancellation)
    {
        var plan = DetectionPlan.Build(product, [new ActiveRuleset(ruleset, version, null)], code);
        var recorder = new BackTestRecorder(ruleset.Id, request.KeepsSignals);
        var composer = new RaiseComposer(code, logger);
        var devices = registry.Devices.Select(e => e.Current)
            .Where(d => d.ProductId == product.Id && (request.Devices.Count == 0 || request.Devices.Contains(d.Id.Value)))
            .OrderBy(d => d.Id.Value, StringComparer.Ordinal).ToList();
        var scopes = ruleset.Rules.Where(r => r.Across is not null).Select(r => r.Across!.Value).ToHashSet();
        var warmUs = request.FromUs - WarmUpOf(plan);
        var wholeUs = (double)(request.ToUs - warmUs) * Math.Max(1, devices.Count);
        var doneUs = 0.0;
        var readings = 0L;
        var gate = new Lock();
        // The largest first: a cohort that begins last would keep one thread busy alone.
        var cohorts = Cohorts.Of(devices, scopes, registry).OrderByDescending(c => c.Count);
        await Parallel.ForEachAsync(cohorts, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Threads / beside), CancellationToken = cancellation }, (cohort, c) =>
        {
            using var run = new CohortRun(plan, composer, recorder, cohort, registry, store);
            run.Run(warmUs, request.FromUs, request.ToUs, us => Advance((double)us * cohort.Count), c);
            lock (gate)
                readings += run.Readings;
            return ValueTask.CompletedTask;
        });
        foreach (var group in plan.Groups.Values)
        {
            var alarms = new AlarmWriter(composer);
            group.Report(alarms, request.ToUs);
            recorder.Take(alarms.Signals);
        }

        progress(1);
        return new BackTestRun(version, ruleset, devices.Count, readings, recorder.Alarms(), recorder.Beyond);

        void Advance(double us)
        {
            double share;
            lock (gate)
                share = (doneUs += us) / wholeUs;
            progress(share);
        }
    }

    /// <summary>How much before the range has to be read, in microseconds.</summary>
    private static long WarmUpOf(DetectionPlan plan)
    {
        var reach = plan.Tables.Windows.HistoryBySlot().Values.Append(plan.Reach).Max();
        return (reach < WarmMax ? reach : WarmMax).Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
