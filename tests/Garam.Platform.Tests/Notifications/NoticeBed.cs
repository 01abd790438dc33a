using System.Collections.Concurrent;
using Garam.Mqtt;
using Garam.Mqtt.Broker;
using Garam.Platform.Alarms;
using Garam.Platform.Notifications;
using Garam.Platform.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests.Notifications;

/// <summary>Outbox and channels on a database of their own; the test is the alarms' desk and owns the clock.</summary>
internal sealed class NoticeBed : IAsyncDisposable
{
    /// <summary>How long a message may be on its way; nothing else here is given this time, so it tells that one is.</summary>
    public static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(297);

    private readonly TemporaryFolder _folder = new();
    private readonly NotificationOptions _options;
    private readonly IReadOnlyList<INotificationForm> _forms;
    private readonly MqttBroker _broker;
    private readonly ConcurrentQueue<EscalationTaken> _taken = new();
    private NotificationDispatch? _dispatch;
    private long _alarms;

    public NoticeBed(NotificationOptions options, IReadOnlyList<INotificationForm>? forms = null)
    {
        foreach (var channel in options.Channels)
            channel.TimeoutSeconds = (int)SendLimit.TotalSeconds;
        NotificationProblems.Of(options).ShouldBeEmpty();
        _options = options;
        _forms = forms ?? [];
        Database = Database.Open(_folder.File("garam.db"));
        Registry = new DeviceRegistry(new DeviceStore(Database), 10, Time);
        _broker = new MqttBroker(new MqttOptions(), new OpenAccess(), new OpenGate(), Time, NullLogger.Instance);
        Outbox = OpenOutbox();
    }

    public ManualTime Time { get; } = new();

    public Database Database { get; }

    public DeviceRegistry Registry { get; }

    public MqttBroker Broker => _broker;

    public NotificationOutbox Outbox { get; private set; }

    public NotificationDispatch Dispatch => _dispatch ?? throw new InvalidOperationException("not sending");

    /// <summary>Whether a message is on its way: moving the clock now would cut it.</summary>
    public bool IsSending => Time.IsWaiting(SendLimit);

    /// <summary>Steps of escalations that were recorded.</summary>
    public IReadOnlyList<EscalationTaken> Taken => [.. _taken];

    public long NowUs => Time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    /// <summary>Only this channel, and a route to it that tells everything.</summary>
    public static NotificationOptions To(NotificationChannelOptions channel, Action<NotificationRouteOptions>? change = null)
    {
        var route = new NotificationRouteOptions { Name = "all", Channels = { channel.Name }, Language = "en", TimeZone = "UTC" };
        change?.Invoke(route);
        return new NotificationOptions { Mqtt = false, Dashboard = false, Channels = { channel }, Routes = { route } };
    }

    public static NotificationChannelOptions Webhook(HttpPeer peer, string format = "json") =>
        new() { Name = "hook", Type = "webhook", Url = peer.Url + "/in", Format = format, PerMinute = 0 };

    public NotificationDispatch Send(ILogger? logger = null, Func<EscalationTaken, CancellationToken, Task>? record = null)
    {
        _dispatch = new NotificationDispatch(Outbox, _options, _forms, Registry, _broker, Time, logger ?? NullLogger.Instance);
        _dispatch.Start(record ?? Record);
        return _dispatch;
    }

    /// <summary>Ends as after a kill: what is on disk stays, what is in memory goes.</summary>
    public async Task CrashAsync()
    {
        if (_dispatch is not null)
            await _dispatch.DisposeAsync();
        _dispatch = null;
        Outbox = OpenOutbox();
    }

    public Alarm Alarm(string device = "d-1", Severity severity = Severity.Critical, Func<Alarm, Alarm>? change = null)
    {
        var alarm = Alarm(++_alarms, NowUs, device, severity);
        return change?.Invoke(alarm) ?? alarm;
    }

    public static Alarm Alarm(long id, long nowUs, string device, Severity severity) =>
        new()
        {
            Id = id,
            Key = new AlarmKey("fire", "overheating", device),
            State = AlarmState.Raised,
            DeviceId = device,
            ProductId = "fire-detector",
            Severity = severity,
            FollowUp = FollowUp.Notify,
            Kind = "overheating",
            Texts = new AlarmTexts("Hot: 81.5 °C", "고온 감지: 81.5°C", ["Cut the power."], ["전원을 차단하십시오."]),
            RulesetVersion = 3,
            SpecVersion = 1,
            RaisedPosition = 7,
            LastPosition = 7,
            SinceUs = nowUs,
            FirstUs = nowUs,
            LastUs = nowUs,
            RaisedUs = nowUs,
            Count = 1,
            ValueOf = "pcb_temperature",
            Value = 81.5,
            Worst = 81.5,
            Snapshot = [new AlarmReading("humidity", Expressions.Value.Of(40)), new AlarmReading("door", Expressions.Value.Of(true))],
            Revision = 1,
        };

    public AlarmEvent Event(Alarm alarm, AlarmChange change = AlarmChange.Raised, string? by = null) => new(change, alarm, NowUs, by, null);

    /// <summary>Adds in a transaction as the alarms' desk does, and wakes.</summary>
    public void Add(params IReadOnlyList<AlarmEvent> events)
    {
        using var connection = Database.Connect();
        using var transaction = connection.BeginTransaction();
        Outbox.Add(connection, transaction, events);
        transaction.Commit();
        Outbox.Wake();
    }

    public void Raise(string device = "d-1", Severity severity = Severity.Critical) => Add(Event(Alarm(device, severity)));

    public IReadOnlyList<Notification> Rows(NotificationState? state = null) => Outbox.Store.List(new NotificationFilter(state, null, null, null, null), long.MaxValue, 100_000);

    public Task SettledAsync() => Until.True(() => Rows(NotificationState.Waiting).Count == 0, "nothing waits");

    /// <summary>Lets the clock run, a second at a time, until it is so; it stands while a message is on its way, which takes real time.</summary>
    public Task RunAsync(Func<bool> until, string what, TimeSpan? step = null) => Until.True(
        () =>
        {
            if (until())
                return true;
            if (!IsSending)
                Time.Advance(step ?? TimeSpan.FromSeconds(1));
            return until();
        },
        what);

    public async ValueTask DisposeAsync()
    {
        if (_dispatch is not null)
            await _dispatch.DisposeAsync();
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    private Task Record(EscalationTaken taken, CancellationToken cancellation)
    {
        _taken.Enqueue(taken);
        return Task.CompletedTask;
    }

    private NotificationOutbox OpenOutbox() => new(Database, _options, Time, NullLogger.Instance);
}
