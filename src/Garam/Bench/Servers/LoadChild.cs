using System.Text.Json;
using Garam.Bench.Load;

namespace Garam.Bench.Servers;

/// <summary>The load generator as a process of its own, so that its processor time is not the server's or the benchmark's.</summary>
internal static class LoadChild
{
    /// <summary>Runs the generator to its end.</summary>
    /// <exception cref="BenchException">It could not connect or failed.</exception>
    public static async Task<LoadReport> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        string? last = null;
        await using var process = ChildProcess.StartSelf(["bench", "load", JsonSerializer.Serialize(options)], line => last = line);
        var code = await process.WaitAsync(cancellation);
        if (code != 0 || last is null)
            throw new BenchException($"The load generator failed:\n{process.Output}");
        return JsonSerializer.Deserialize<LoadReport>(last)!;
    }
}
