using System.Diagnostics;
using Garam.Bench.Load;
using Garam.Bench.Output;
using Garam.Bench.Servers;

namespace Garam.Bench.Startup;

/// <summary>Times starts: on an empty folder, and after SIGKILL at full load.</summary>
internal sealed class StartBench(int runs, TimeSpan load, string parent)
{
    private const int Devices = 100;

    /// <summary>Long enough for start-up work to be over.</summary>
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(5);

    /// <exception cref="BenchException">The environment is not ready.</exception>
    public async Task<StartReport> RunAsync(CancellationToken cancellation)
    {
        var (empty, killed, idle, bare, acknowledged) = (new List<double>(), new List<double>(), new List<long>(), new List<double>(), new List<long>());
        for (var run = 1; run <= runs; run++)
        {
            BenchOutput.Step($"run {run} of {runs}");
            bare.Add(await BareAsync(cancellation));
            using var folder = ScratchFolder.In(parent);
            await using (var server = await GaramServer.StartAsync(folder.Path, cancellation))
            {
                empty.Add(server.ReadyAfter.TotalMilliseconds);
                await Task.Delay(IdleAfter, cancellation);
                idle.Add(ProcessCpu.ResidentBytes(server.ProcessId));
                await server.RegisterAsync(Devices, BenchProduct.Id, cancellation);
                var sending = LoadChild.RunAsync(
                    new LoadOptions { Port = server.MqttPort, WarmUp = TimeSpan.Zero, Duration = load * 10, FirstTime = DateTimeOffset.UtcNow.AddHours(-1) },
                    cancellation);
                await Task.Delay(load, cancellation);
                await server.KillAsync();
                acknowledged.Add((await sending).Acknowledged);
            }

            await using var again = await GaramServer.StartAsync(folder.Path, cancellation);
            killed.Add(again.ReadyAfter.TotalMilliseconds);
        }

        return new StartReport { EmptyMs = empty, AfterKillMs = killed, IdleBytes = idle, BareMs = bare, AcknowledgedBeforeKill = acknowledged };
    }

    public static BenchTable Table(StartReport report)
    {
        var table = new BenchTable($"Start to ready, {report.EmptyMs.Count} runs", ["", "median ms", "worst ms"]);
        void Row(string name, IReadOnlyList<double> times) => table.Add(name, Figure.Count(Figure.Median(times)), Figure.Count(times.Max()));
        Row("the program's version only", report.BareMs);
        Row("empty folder", report.EmptyMs);
        Row("after kill -9 at full load", report.AfterKillMs);
        table.Notes.Add($"Idle memory: {Figure.Bytes(Figure.Median(report.IdleBytes.Select(bytes => (double)bytes)))}.");
        table.Notes.Add($"Acknowledged before the kill: {Figure.Count(report.AcknowledgedBeforeKill.Average())} messages on average.");
        return table;
    }

    private static async Task<double> BareAsync(CancellationToken cancellation)
    {
        var begin = Stopwatch.GetTimestamp();
        await using var process = ChildProcess.StartSelf(["--version"]);
        await process.WaitAsync(cancellation);
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}
