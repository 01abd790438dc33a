using Garam.Log;
using Garam.Platform.Alarms;
using Garam.Platform.Configuration;
using Garam.Platform.DeadLetters;
using Garam.Platform.Identity;
using Garam.Platform.Notifications;
using Garam.TimeSeries;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Observability;

/// <summary>Applies the retention of log, telemetry, dead letters, notifications and the audit trail once an hour, and soon after start.</summary>
internal sealed class Housekeeping : IAsyncDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>How long settled notifications can be looked up.</summary>
    private static readonly TimeSpan NotificationsKept = TimeSpan.FromDays(30);

    private readonly DurableLog _log;
    private readonly TimeSeriesStore _store;
    private readonly Pipeline.Pipeline _pipeline;
    private readonly DeadLetterStore _letters;
    private readonly Credentials _credentials;
    private readonly AlarmStore _alarms;
    private readonly NotificationOutbox _outbox;
    private readonly GaramOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private int _running;

    public Housekeeping(
        DurableLog log, TimeSeriesStore store, Pipeline.Pipeline pipeline, DeadLetterStore letters, AlarmStore alarms, NotificationOutbox outbox,
        Credentials credentials, GaramOptions options, TimeProvider time, ILogger logger)
    {
        _log = log;
        _store = store;
        _pipeline = pipeline;
        _letters = letters;
        _credentials = credentials;
        _alarms = alarms;
        _outbox = outbox;
        _options = options;
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(_ => Run(), null, First, Period);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Run()
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
            return;
        try
        {
            var now = _time.GetUtcNow();
            _log.SetCheckpoint(Pipeline.Pipeline.CheckpointName, _pipeline.Committed);
            _log.ApplyRetention();
            while (!_store.ApplyRetention(now).IsDone)
            {
                // Bounded steps, so that a commit never waits long.
            }

            _credentials.Expire(now.AddDays(-_options.Identity.AuditRetainDays));
            _alarms.Expire(Rest.TimeParameter.ToUs(now.AddDays(-_options.Alarms.RetainDays)));
            var expired = _letters.Expire(Rest.TimeParameter.ToUs(now.AddDays(-_options.DeadLetters.RetainDays)), _options.DeadLetters.EntriesMax);
            if (expired > 0)
                _logger.LogWarning("{Count} dead letters were removed: older than dead_letters.retain_days or beyond dead_letters.entries_max", expired);
            _outbox.Prune(now - NotificationsKept);
        }
        catch (Exception e)
        {
            // Supervised: tried again in an hour; until then only more space is used.
            _logger.LogError(e, "Retention could not be applied");
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
