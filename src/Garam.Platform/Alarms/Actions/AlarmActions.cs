using Dapper;
using Garam.Platform.Notifications;
using Garam.Platform.Rest;
using Garam.Platform.Sql;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Alarms.Actions;

/// <summary>
/// Runs the automatic actions that alarms have asked for, and records in their history what came of it. What is asked for stands in SQL since
/// the raise's own transaction, so a crash repeats an action and loses none.
/// </summary>
/// <remarks>A failed action is tried again after 1, 10, 60 and 300 seconds, then given up. One loop; up to eight actions run at a time.</remarks>
internal sealed class AlarmActions : IAsyncDisposable
{
    private const int BatchMax = 64;
    private const int ParallelMax = 8;

    /// <summary>An action that takes longer is cancelled and has failed.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly long[] RetryAfterUs = [1_000_000, 10_000_000, 60_000_000, 300_000_000];

    private readonly Database _database;
    private readonly AlarmDesk _desk;
    private readonly IReadOnlyDictionary<string, IAlarmAction> _actions;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Bell _bell;
    private readonly CancellationTokenSource _closing = new();
    private Task _running = Task.CompletedTask;

    public AlarmActions(Database database, AlarmDesk desk, IReadOnlyList<IAlarmAction> actions, TimeProvider time, ILogger logger)
    {
        _database = database;
        _desk = desk;
        _actions = actions.ToDictionary(a => a.Name, StringComparer.Ordinal);
        _time = time;
        _logger = logger;
        _bell = new Bell(time);
        desk.ActionsAsked = _bell.Ring;
    }

    /// <summary>Begins to act, also on what was asked for before the last end.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running;
        _closing.Dispose();
    }

    /// <summary>The database takes nothing when a step fails, which the desk reports too. What is asked for stays there.</summary>
    private Task RunAsync() => _bell.RunAsync(StepAsync, e => _logger.LogError(e, "Automatic actions wait"), Poll, _closing.Token);

    /// <summary>Acts on what is due; returns how long there is nothing to do.</summary>
    private async Task<TimeSpan> StepAsync()
    {
        if (Due() is not { Count: > 0 } due)
            return Poll;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = ParallelMax, CancellationToken = _closing.Token }, ActAsync);
        return TimeSpan.Zero;
    }

    private List<DueAction> Due()
    {
        using var connection = _database.Connect();
        return [.. connection.Query<DueAction>(
            """
            SELECT alarm_id AS AlarmId, action AS Action, attempts AS Attempts, due_us AS DueUs FROM alarm_actions
            WHERE due_us <= @now ORDER BY due_us, alarm_id LIMIT @max
            """,
            new { now = NowUs(), max = BatchMax })];
    }

    private async ValueTask ActAsync(DueAction due, CancellationToken cancellation)
    {
        var (told, isDone) = await TryAsync(due, cancellation);
        var retryUs = isDone || due.Attempts >= RetryAfterUs.Length ? (long?)null : NowUs() + RetryAfterUs[due.Attempts];
        if (!isDone && told is not null)
            told = retryUs is null ? $"failed, given up: {told}" : $"failed, tried again in {RetryAfterUs[due.Attempts] / 1_000_000} s: {told}";
        await _desk.ActedAsync(due.AlarmId, due.Action, told, retryUs, cancellation);
    }

    private async Task<(string? Told, bool IsDone)> TryAsync(DueAction due, CancellationToken cancellation)
    {
        Alarm? alarm;
        using (var connection = _database.Connect())
            alarm = connection.QuerySingleOrDefault<AlarmRow>($"SELECT {AlarmRow.Columns} FROM alarms WHERE id = @AlarmId", due)?.ToAlarm();
        if (alarm is null || !_actions.TryGetValue(due.Action, out var action))
            return ("there is no such action any more", true);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            limit.CancelAfter(TimeLimit);
            return !action.Wants(alarm) ? (null, true) : (await action.ActAsync(alarm, limit.Token), true);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // A pack's code may throw anything; the history tells it and the policy goes on.
            return (e is OperationCanceledException ? $"no answer within {TimeLimit.TotalSeconds:0} s" : e.Message, false);
        }
    }

    private long NowUs() => TimeParameter.ToUs(_time.GetUtcNow());
}
