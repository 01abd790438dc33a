using Garam.Platform.Packs;

namespace Garam.Platform.Rules.BackTest;

/// <summary>Runs back-tests one after the other; a few may wait. Thread-safe.</summary>
internal sealed class BackTestQueue(BackTestEngine engine, PackCatalog packs, RulesetAlarms alarms, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Back-tests that wait beside the one that runs: people try limits, they do not flood.</summary>
    private const int WaitingMax = 4;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private int _present;

    /// <param name="listMax">Alarms listed at most, of the draft and of what is gone each.</param>
    /// <param name="progress">Told the share done, 0 to 1, rising; from several threads, one at a time.</param>
    /// <returns>Null when as many wait as may.</returns>
    /// <exception cref="BackTestLimitException">It asks for too much at once.</exception>
    public async Task<BackTestReport?> RunAsync(BackTestRequest request, int listMax, Action<double> progress, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _present) > WaitingMax + 1)
        {
            Interlocked.Decrement(ref _present);
            return null;
        }

        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
            await _turn.WaitAsync(ended.Token);
            try
            {
                return await Task.Run(() => RunNowAsync(request, listMax, progress, ended.Token), ended.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _present);
        }
    }

    /// <summary>Ends the run that is under way and waits until it reads nothing any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _turn.WaitAsync();
        _closing.Dispose();
    }

    private async Task<BackTestReport> RunNowAsync(BackTestRequest request, int listMax, Action<double> progress, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        if (!packs.Current.TryGetProduct(request.Draft.ProductId, out var product))
            throw new BackTestLimitException($"there is no product '{request.Draft.ProductId}' any more");
        // Draft and live version run beside each other: where all devices belong together, that is all there is to share out.
        var runs = request.Live is null ? 1 : 2;
        var steps = new RisingShare(runs, progress);
        var drafting = engine.RunAsync(product, request.Draft, request.DraftVersion, request, runs, share => steps.Report(0, share), cancellation);
        var comparing = request.Live is { } active
            ? engine.RunAsync(product, active.Definition, active.Version, request, runs, share => steps.Report(1, share), cancellation)
            : null;
        await Task.WhenAll(drafting, comparing ?? Task.CompletedTask);
        var draft = await drafting;
        var live = comparing is null ? null : await comparing;
        var real = alarms.Between(request.Draft.Id, request.FromUs, request.ToUs, request.Devices);
        var (rules, draftQuality, liveQuality) = BackTestComparison.Compare(draft, live, real, request.ToUs);
        var gone = live?.Alarms.Where(a => !a.IsShared).ToList() ?? [];
        var cut = Math.Max(0, draft.Alarms.Count - listMax) + Math.Max(0, gone.Count - listMax) + draft.Beyond.Values.Sum() + (live?.Beyond.Values.Sum() ?? 0);
        return new BackTestReport(
            request.Draft.Id, request.DraftVersion, request.Live?.Version, request.FromUs, request.ToUs, draft.Devices, draft.Readings, rules,
            draftQuality, liveQuality, [.. draft.Alarms.Take(listMax)], [.. gone.Take(listMax)], cut, (long)time.GetElapsedTime(began).TotalMilliseconds, request.Notes)
        {
            LiveRaised = [.. (live?.Alarms ?? []).Take(listMax)],
        };
    }

    /// <summary>Puts the shares of several runs together and passes on what is larger than what was passed on before.</summary>
    private sealed class RisingShare(int runs, Action<double> progress)
    {
        /// <summary>A step smaller than this nobody sees.</summary>
        private const double StepMin = 0.005;

        private readonly Lock _lock = new();
        private readonly double[] _shares = new double[runs];
        private double _told;

        public void Report(int run, double share)
        {
            lock (_lock)
            {
                _shares[run] = Math.Max(_shares[run], Math.Min(share, 1));
                var whole = _shares.Average();
                if (whole < _told + StepMin)
                    return;
                _told = whole;
                progress(whole);
            }
        }
    }
}
