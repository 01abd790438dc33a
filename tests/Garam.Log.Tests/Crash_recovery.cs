using Garam.Log.Tests.Simulation;

namespace Garam.Log.Tests;

public sealed class Crash_recovery(ITestOutputHelper output)
{
    /// <summary>Enough to meet every pair of neighbouring operations many times, in about ten seconds.</summary>
    private const int SeedsShort = 5_000;

    /// <summary>With GARAM_LONG=1: about five minutes.</summary>
    private const int SeedsLong = 100_000;

    /// <summary>A failure names its seed; GARAM_SEED=n runs that one alone.</summary>
    [Fact]
    public void Every_acknowledged_record_is_found_again_after_thousands_of_seeded_crashes()
    {
        var only = Environment.GetEnvironmentVariable("GARAM_SEED");
        var first = only is null ? 0 : int.Parse(only);
        var seeds = only is not null ? 1 : Environment.GetEnvironmentVariable("GARAM_LONG") == "1" ? SeedsLong : SeedsShort;
        long crashes = 0, acknowledged = 0;
        Parallel.For(first, first + seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var scenario = new CrashScenario(seed);
            try
            {
                scenario.Run();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed} fails: {e.Message}", e);
            }
            Interlocked.Add(ref crashes, scenario.Crashes);
            Interlocked.Add(ref acknowledged, scenario.Model.Acknowledged);
        });
        output.WriteLine($"{seeds} seeds, {crashes} crashes, {acknowledged} acknowledged records.");
    }
}
