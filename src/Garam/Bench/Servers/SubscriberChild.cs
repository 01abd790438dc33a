using System.Diagnostics;
using System.Text.Json;
using Garam.Bench.Load;

namespace Garam.Bench.Servers;

/// <summary>The counting subscriber as a process of its own.</summary>
internal sealed class SubscriberChild : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SubscriberReport? _newest;

    private SubscriberChild(SubscriberOptions options) =>
        _process = ChildProcess.StartSelf(["bench", "subscribe", JsonSerializer.Serialize(options)], Take);

    /// <summary>Starts it and waits until the broker granted the subscription.</summary>
    public static async Task<SubscriberChild> StartAsync(SubscriberOptions options, CancellationToken cancellation)
    {
        var child = new SubscriberChild(options);
        try
        {
            await child._granted.Task.WaitAsync(TimeSpan.FromSeconds(15), cancellation);
            return child;
        }
        catch (TimeoutException)
        {
            await child.DisposeAsync();
            throw new BenchException($"The subscriber was not granted its subscription:\n{child._process.Output}");
        }
    }

    /// <summary>Waits until <paramref name="count"/> messages have arrived, and tells when the last one did.</summary>
    /// <exception cref="BenchException">They do not arrive in time.</exception>
    public async Task<SubscriberReport> ReceivedAsync(long count, TimeSpan limit, CancellationToken cancellation)
    {
        var begin = Stopwatch.GetTimestamp();
        while (true)
        {
            if (Volatile.Read(ref _newest) is { } report && report.Received >= count)
                return report;
            if (Stopwatch.GetElapsedTime(begin) > limit || _process.HasExited)
                throw new BenchException($"The subscriber has {_newest?.Received ?? 0} of {count} messages after {limit.TotalSeconds:0} s.");
            await Task.Delay(20, cancellation);
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private void Take(string line)
    {
        Volatile.Write(ref _newest, JsonSerializer.Deserialize<SubscriberReport>(line));
        _granted.TrySetResult();
    }
}
