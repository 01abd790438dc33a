using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Rules;

/// <summary>
/// Clears the alarms of rules that are gone, behind the change that removed them: who changes a ruleset does not wait for it. What cannot be
/// done is tried again; a crash before it is made good by asking for every ruleset at the start.
/// </summary>
/// <remarks>Thread-safe. Holds at most one wish a ruleset, the newest.</remarks>
internal sealed class MissingAlarmClearing : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Func<string, IReadOnlySet<string>, Task> _clear;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IReadOnlySet<string>> _wanted = new(StringComparer.Ordinal);
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _clearing;

    /// <param name="clear">Clears the alarms of a ruleset whose rules are not among these.</param>
    public MissingAlarmClearing(Func<string, IReadOnlySet<string>, Task> clear, TimeProvider time, ILogger logger)
    {
        _clear = clear;
        _time = time;
        _logger = logger;
        _clearing = Task.Run(RunAsync);
    }

    public void Want(string ruleset, IReadOnlySet<string> ruleIds)
    {
        lock (_lock)
            _wanted[ruleset] = ruleIds;
        _woken.Writer.TryWrite(true);
    }

    public async ValueTask DisposeAsync()
    {
        _woken.Writer.TryComplete();
        await _closing.CancelAsync();
        await _clearing;
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _woken.Reader.WaitToReadAsync())
        {
            _woken.Reader.TryRead(out _);
            while (!_closing.IsCancellationRequested && Take() is { } wish)
                await ClearAsync(wish.Key, wish.Value);
        }
    }

    private async Task ClearAsync(string ruleset, IReadOnlySet<string> ruleIds)
    {
        try
        {
            await _clear(ruleset, ruleIds).WaitAsync(_closing.Token);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Asked for again at the next start.
        }
        catch (Exception e)
        {
            // The database is stuck or full: the alarms stay as they are until it can be written again.
            _logger.LogError(e, "Alarms of removed rules of {Ruleset} cannot be cleared; tried again in {Pause}", ruleset, Pause);
            lock (_lock)
                _wanted.TryAdd(ruleset, ruleIds);
            await Task.Delay(Pause, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private KeyValuePair<string, IReadOnlySet<string>>? Take()
    {
        lock (_lock)
        {
            if (_wanted.Count == 0)
                return null;
            var wish = _wanted.First();
            _wanted.Remove(wish.Key);
            return wish;
        }
    }
}
