using Garam.Platform.Alarms;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Notifications;

/// <summary>
/// Takes the steps of escalations when they are due. A step is in the outbox and noted as taken in one transaction, and told to the alarm's
/// history after it, at least once: a crash in between tells it again.
/// </summary>
internal sealed class Escalator : IAsyncDisposable
{
    private const int BatchMax = 200;

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMinutes(1);

    private readonly NotificationOutbox _outbox;
    private readonly EscalationStore _store;
    private readonly Func<EscalationTaken, CancellationToken, Task> _record;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Bell _bell;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    /// <param name="record">Puts a step into the alarm's history; what it throws is tried again later.</param>
    public Escalator(NotificationOutbox outbox, Func<EscalationTaken, CancellationToken, Task> record, TimeProvider time, ILogger logger)
    {
        _outbox = outbox;
        _store = new EscalationStore(outbox.Database);
        _record = record;
        _time = time;
        _logger = logger;
        _bell = outbox.BellOf("");
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private Task RunAsync() => _bell.RunAsync(
        StepAsync,
        // The database or the alarms' desk is stuck. What is due stays due.
        e => _logger.LogError(e, "Escalations cannot be taken; tried again in {Seconds} s", RetryPause.TotalSeconds),
        RetryPause, _stopping.Token);

    /// <summary>Takes what is due; returns how long there is nothing to do.</summary>
    private async Task<TimeSpan> StepAsync()
    {
        await RecordAsync();
        var now = Rest.TimeParameter.ToUs(_time.GetUtcNow());
        var due = _store.Due(now, BatchMax);
        if (due.Count > 0)
        {
            var events = _outbox.Store.Events([.. due.Select(e => e.EventId).Distinct()]);
            foreach (var escalation in due)
                Take(escalation, events.GetValueOrDefault(escalation.EventId));
            _outbox.Wake();
            return TimeSpan.Zero;
        }

        var wait = _store.NextDueUs() is { } next ? TimeSpan.FromMicroseconds(Math.Max(1, next - now)) : LookPeriod;
        return wait < LookPeriod ? wait : LookPeriod;
    }

    private void Take(Escalation escalation, AlarmEvent? raised)
    {
        if (raised is null || _outbox.Plan.Find(escalation.Route) is not { } route || StepOf(route, escalation) is not { } step)
        {
            _store.Remove(escalation);
            return;
        }

        var rows = _outbox.RowsOf(raised, escalation.EventId, route.Name, route.Language, escalation.NextStep, step.Targets).ToList();
        long? next = escalation.NextStep < route.Steps.Count ? raised.AtUs + (route.Steps[escalation.NextStep].After.Ticks / 10) : null;
        if (_store.Take(escalation, rows, next))
            return;
        foreach (var row in rows)
            _outbox.Settled(row.Channel, 1);
    }

    private async Task RecordAsync()
    {
        foreach (var escalation in _store.Unrecorded(BatchMax))
        {
            var step = escalation.RecordStep!.Value;
            var channels = _outbox.Plan.Find(escalation.Route)?.Steps.ElementAtOrDefault(step - 1)?.Targets.Select(t => t.Channel).Distinct() ?? [];
            await _record(
                new EscalationTaken(escalation.AlarmId, escalation.Route, step, $"step {step} of the route '{escalation.Route}': {string.Join(", ", channels)}"),
                _stopping.Token);
            _store.Recorded(escalation);
        }
    }

    private static EscalationStep? StepOf(NotificationRoute route, Escalation escalation) => route.Steps.ElementAtOrDefault(escalation.NextStep - 1);
}
