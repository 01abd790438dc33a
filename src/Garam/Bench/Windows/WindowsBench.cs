using System.Diagnostics;
using Garam.Bench.Output;
using Garam.Expressions;
using Garam.Expressions.Windows;

namespace Garam.Bench.Windows;

/// <summary>
/// Memory and cost of the windows rules look at: many devices with ten windowed metrics of one hour, fed a reading a second of device time. In this
/// process, without a node: nothing else is on the heap.
/// </summary>
internal sealed class WindowsBench(int devices)
{
    private const int Hour = 3600;
    private const long Second = 1_000_000;
    private const long Start = 1_772_359_200_000_000;

    /// <summary>Longer than the window, so that every part of it is in use.</summary>
    private const int Readings = Hour + 600;

    private static readonly string[] Functions =
        ["avg({0}, 1h)", "stddev({0}, 1h)", "min({0}, 1h)", "max({0}, 1h)", "sum({0}, 1h)", "count({0}, 1h)", "slope({0}, 1h)", "median({0}, 1h)", "percentile({0}, 95, 1h)", "delta({0}, 1h)"];

    /// <summary>Samples of a window of an hour, from sparse to dense; all more than the newest ones it keeps as they are.</summary>
    private static readonly int[] Densities = [360, 3600, 18_000];

    public WindowsReport Run(CancellationToken cancellation)
    {
        var plan = Plan(Functions, out _);
        var slots = new Value[Functions.Length];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sets = new WindowSet[devices];
        for (var i = 0; i < sets.Length; i++)
            sets[i] = new WindowSet(plan);
        var begin = Stopwatch.GetTimestamp();
        for (var reading = 0; reading < Readings; reading++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (reading % 600 == 0)
                BenchOutput.Step($"{Figure.Count(devices)} devices, minute {reading / 60} of {Readings / 60}");
            for (var i = 0; i < sets.Length; i++)
            {
                Array.Fill(slots, Value.Of(20 + ((reading * 7 + i) % 100 / 10.0)));
                sets[i].Observe(Start + (reading * Second), slots);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(begin);
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        var estimated = sets.Sum(s => (long)s.EstimatedBytes);
        return new WindowsReport(
            devices, Functions.Length, Hour, heap, estimated, elapsed.TotalNanoseconds / Readings / devices, Densities.ToDictionary(d => d, ReadCost));
    }

    public static BenchTable Table(WindowsReport report)
    {
        var table = new BenchTable(
            $"{Figure.Count(report.Devices)} devices, {report.Windows} windowed metrics of one hour each, a reading a second", ["", "a window", "a device", "all"]);
        void Row(string name, double bytes) => table.Add(name, Figure.Bytes(bytes / report.Devices / report.Windows), Figure.Bytes(bytes / report.Devices), Figure.Bytes(bytes));
        Row("on the heap", report.HeapBytes);
        Row("as they say themselves", report.EstimatedBytes);
        Row("the samples of an hour kept as they are", (double)report.Samples * 16 * report.Windows * report.Devices);
        table.Notes.Add($"A reading into all windows of a device: {Figure.Count(report.NanosecondsPerReading)} ns.");
        table.Notes.Add("A sample in, and average, maximum and median out, of a window that holds "
            + string.Join("; ", report.ReadNanoseconds.Select(r => $"{Figure.Count(r.Key)} samples: {Figure.Count(r.Value)} ns")) + ".");
        return table;
    }

    private static double ReadCost(int samples)
    {
        const int Count = 50_000;
        var plan = Plan(["avg({0}, 1h) + max({0}, 1h) + median({0}, 1h)"], out var programs);
        var set = new WindowSet(plan);
        var slots = new Value[1];
        var stepUs = Hour * Second / samples;
        var begin = 0L;
        var sum = 0.0;
        for (var i = -samples - Count; i < Count; i++)
        {
            if (i == 0)
                begin = Stopwatch.GetTimestamp();
            slots[0] = Value.Of(20 + (Math.Abs(i) * 7 % 100 / 10.0));
            set.Observe(Start + (i * stepUs), slots);
            sum += programs[0].Number(new EvaluationFrame(slots, 0, set));
        }

        GC.KeepAlive(sum);
        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds / Count;
    }

    private static WindowPlan Plan(string[] expressions, out CompiledExpression[] programs)
    {
        var plan = new WindowPlan(TimeSpan.FromMinutes(1));
        var symbols = new SymbolTable();
        for (var i = 0; i < expressions.Length; i++)
            symbols.Add($"m{i}", ExpressionType.Number);
        var scope = new ExpressionScope(symbols) { Windows = plan };
        programs = [.. expressions.Select((e, i) => Expression.Parse(e.Replace("{0}", $"m{i}", StringComparison.Ordinal)).Expression!.Bind(scope).Program!)];
        return plan;
    }
}
