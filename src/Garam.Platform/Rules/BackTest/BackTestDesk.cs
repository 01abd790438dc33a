using Garam.Platform.Rest;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Rules.BackTest;

/// <summary>
/// Back-tests that somebody starts and comes back to: those under way and the last ones that ended. In memory only, a restart forgets them:
/// running one again costs less than keeping its result.
/// </summary>
/// <remarks>Thread-safe. It owns the runs it starts and ends them when it is disposed of.</remarks>
public sealed class BackTestDesk : IAsyncDisposable
{
    /// <summary>Alarms listed of a run, of the draft and of the live version each: more than anybody reads or a picture can show.</summary>
    public const int ListMax = 2_000;

    /// <summary>Runs kept, some 20 MB when all their lists are full.</summary>
    private const int KeptMax = 10;

    private readonly BackTestQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _starting = new();
    private readonly Dictionary<long, BackTestJob> _jobs = [];
    private long _number;

    internal BackTestDesk(BackTestQueue queue, TimeProvider time, ILogger logger)
    {
        _queue = queue;
        _time = time;
        _logger = logger;
    }

    /// <summary>Starts a run; the oldest one that has ended is forgotten for it.</summary>
    /// <param name="by">Who asks for it.</param>
    /// <returns>Null when all that are kept are under way still.</returns>
    public BackTestJob? Start(BackTestRequest request, string by)
    {
        lock (_starting)
        {
            if (_jobs.Count >= KeptMax)
            {
                if (_jobs.Values.Where(j => j.Progress.IsOver).MinBy(j => j.Number) is not { } oldest)
                    return null;
                _jobs.Remove(oldest.Number);
                oldest.Dispose();
            }

            var job = new BackTestJob(++_number, request, by, TimeParameter.ToUs(_time.GetUtcNow()));
            _jobs.Add(job.Number, job);
            job.Run = RunAsync(job);
            return job;
        }
    }

    /// <summary>A run; null when there never was one of this number, or it is forgotten.</summary>
    public BackTestJob? Find(long number)
    {
        lock (_starting)
            return _jobs.GetValueOrDefault(number);
    }

    /// <summary>Ends a run before its time; nothing happens when it is over or forgotten.</summary>
    public void Stop(long number)
    {
        lock (_starting)
            _jobs.GetValueOrDefault(number)?.Stop();
    }

    /// <summary>Ends the runs under way.</summary>
    public async ValueTask DisposeAsync()
    {
        List<BackTestJob> jobs;
        lock (_starting)
        {
            jobs = [.. _jobs.Values];
            jobs.ForEach(job => job.Stop());
        }

        await Task.WhenAll(jobs.Select(job => job.Run));
        jobs.ForEach(job => job.Dispose());
    }

    private async Task RunAsync(BackTestJob job)
    {
        // The caller holds the lock.
        await Task.Yield();
        try
        {
            var report = await _queue.RunAsync(job.Request, ListMax, job.Report, job.Stopping);
            if (report is null)
                job.Fail($"Other back-tests are waiting already; start it again when one is done.");
            else
                job.Finish(report);
        }
        catch (BackTestLimitException e)
        {
            job.Fail(e.Said);
        }
        catch (OperationCanceledException)
        {
            job.Fail($"It was stopped.");
        }
        catch (Exception e)
        {
            // Nobody awaits a run: whoever looks at it is told, and the log has the cause.
            _logger.LogError(e, "Back-test {Number} of ruleset {Ruleset} failed", job.Number, job.Request.Draft.Id);
            job.Fail($"It failed; the program's log says why.");
        }
    }
}
