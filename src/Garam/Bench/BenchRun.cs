using Garam.Bench.Output;
using Garam.Bench.Servers;

namespace Garam.Bench;

/// <summary>Turns how a benchmark ended into an exit code.</summary>
internal static class BenchRun
{
    /// <summary>Runs a benchmark, shows its table and writes its report.</summary>
    /// <param name="cancellation">Interruption, which is exit code 130.</param>
    /// <param name="json">Where the report goes as JSON; null for nowhere.</param>
    /// <param name="run">Measures.</param>
    /// <param name="table">Makes the table, and tells whether what was measured is right.</param>
    /// <returns>0; 1 when results were wrong; 3 when the environment is not ready; 130 when interrupted.</returns>
    public static async Task<int> ExitCodeAsync<T>(
        FileInfo? json, Func<Task<T>> run, Func<T, (BenchTable Table, bool Right)> table, CancellationToken cancellation)
    {
        try
        {
            var report = await run();
            var (shown, right) = table(report);
            BenchOutput.Print(shown);
            await BenchOutput.WriteJsonAsync(json, report, cancellation);
            return right ? ExitCode.Done : ExitCode.Input;
        }
        catch (BenchException error)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Environment;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}
