using Garam.Expressions;

namespace Garam.Platform.Rules.BackTest;

/// <summary>A back-test under way or ended. Thread-safe.</summary>
public sealed class BackTestJob : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private BackTestProgress _progress = new(0, null, null);

    internal BackTestJob(long number, BackTestRequest request, string by, long startedUs)
    {
        Number = number;
        Request = request;
        By = by;
        StartedUs = startedUs;
    }

    /// <summary>From 1, rising; another one after a restart may bear it again.</summary>
    public long Number { get; }

    public BackTestRequest Request { get; }

    /// <summary>Who asked for it.</summary>
    public string By { get; }

    /// <summary>Unix microseconds.</summary>
    public long StartedUs { get; }

    /// <summary>How far it is. Immutable; another one whenever something changes.</summary>
    public BackTestProgress Progress => Volatile.Read(ref _progress);

    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>The run itself; never fails.</summary>
    internal Task Run { get; set; } = Task.CompletedTask;

    /// <summary>By the desk, when the run has ended.</summary>
    public void Dispose() => _stopping.Dispose();

    internal void Stop()
    {
        if (!Progress.IsOver)
            _stopping.Cancel();
    }

    internal void Report(double share) => Volatile.Write(ref _progress, new BackTestProgress(share, null, null));

    internal void Finish(BackTestReport report) => Volatile.Write(ref _progress, new BackTestProgress(1, report, null));

    internal void Fail(Phrase problem) => Volatile.Write(ref _progress, new BackTestProgress(Progress.Share, null, problem));
}
