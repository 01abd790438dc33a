using Garam.Log.Tests.Simulation;

namespace Garam.Log.Tests;

public sealed class Crash_recovery(ITestOutputHelper output)
{
    /// <summary>Enough to meet every pair of neighbouring operations many times, in about ten seconds.</summary>
    private const int SeedsShort = 5_000;
    private const int SeedsLong = 2_000_000;

    [Fact]
    public void Every_acknowledged_record_is_found_again_after_thousands_of_seeded_crashes()
    {
        var seeds = Environment.GetEnvironmentVariable("GARAM_LONG") == "1" ? SeedsLong : SeedsShort;
        long crashes = 0, acknowledged = 0;
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
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
