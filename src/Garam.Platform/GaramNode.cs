using Garam.Expressions;
using Garam.Log;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Platform.Alarms;
using Garam.Platform.Alarms.Actions;
using Garam.Platform.Configuration;
using Garam.Platform.DeadLetters;
using Garam.Platform.Detection;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Ingress;
using Garam.Platform.Notifications;
using Garam.Platform.Observability;
using Garam.Platform.Packs;
using Garam.Platform.Pipeline;
using Garam.Platform.Replay;
using Garam.Platform.Rules;
using Garam.Platform.Rules.BackTest;
using Garam.Platform.Rules.Versions;
using Garam.Platform.Sql;
using Garam.Platform.Telemetry;
using Garam.TimeSeries;
using Microsoft.Extensions.Logging;

namespace Garam.Platform;

/// <summary>
/// One node: the river from gate to store, opened on a data folder. It listens on nothing itself; the host gives it connections and requests.
/// </summary>
/// <remarks>
/// Opening reads the log's tail, the registry and the store's newest values, and replays what the last checkpoint had not passed while the
/// node already takes messages. <see cref="DrainAsync"/> before disposing leaves nothing to replay.
/// </remarks>
public sealed class GaramNode : IAsyncDisposable
{
    private readonly DeadLetterWriter _letters;
    private readonly Housekeeping _housekeeping;
    private readonly AlarmActions _actions;
    private readonly DetectionClock _clock;
    private readonly ILogger _logger;

    private GaramNode(GaramOptions options, DataFolder folder, IReadOnlyList<PackFolder> packs, PackCode code, TimeProvider time, ILoggerFactory loggers)
    {
        Code = code;
        _logger = loggers.CreateLogger<GaramNode>();
        Options = options;
        Folder = folder;
        Time = time;
        Log = DurableLog.Open(folder.Log, LogOptionsOf(options), time: time);
        ReportRecovery();
        var database = Database.Open(folder.Database);
        Registry = new DeviceRegistry(new DeviceStore(database), options.Registration.DevicesMax, time);
        Credentials = new Credentials(database, folder, options.Identity, time, loggers, watch: true);
        Guard = new AccessGuard(options, Registry, Credentials, time);
        Packs = new PackCatalog(packs, folder.LocalPack, time, loggers.CreateLogger<PackCatalog>());
        PackRecords = new PackRecordStore(database);
        Store = TimeSeriesStore.Open(StoreOptionsOf(options, folder, code, _logger));
        RestoreLastSeen();

        Outbox = new NotificationOutbox(database, options.Notifications, time, loggers.CreateLogger<NotificationOutbox>());

        var lanes = options.Pipeline.Lanes > 0 ? options.Pipeline.Lanes : Math.Max(1, Environment.ProcessorCount);
        var ledger = new Ledger(lanes, Store.CheckpointToken.Span);
        if (ledger.StartPosition > Log.Next.Value)
        {
            throw new DataFolderException(
                $"The telemetry in {folder.Telemetry} is ahead of the log in {folder.Log} (position {ledger.StartPosition} of {Log.Next.Value}): "
                + "the log was removed or restored from an older backup. Restore both from the same backup.");
        }

        var progress = new PipelineProgress(() => Log.Next.Value, ledger.StartPosition);
        Gate = new LogGate(Log, progress, Registry.Disabled, options, time);
        DeadLetters = new DeadLetterStore(database);
        _letters = new DeadLetterWriter(DeadLetters, time, loggers.CreateLogger<DeadLetterWriter>());
        IReadOnlyList<IAlarmAction> actions =
            [.. code.Actions, new MqttAlarmAction((topic, payload) => Broker!.Publish(topic, payload.Span, QualityOfService.AtLeastOnce, retain: false))];
        Alarms = new AlarmDesk(
            database, Registry, options.Alarms, actions, new AlarmOutbox(Outbox.Add, Outbox.Wake), time, loggers.CreateLogger<AlarmDesk>());
        AlarmStore = new AlarmStore(database);
        _actions = new AlarmActions(database, Alarms, actions, time, loggers.CreateLogger<AlarmActions>());
        Plans = new DetectionPlans(code, loggers.CreateLogger<DetectionPlans>());
        RulesetAlarms = new RulesetAlarms(database);
        Rulesets = new RulesetCatalog(
            new RulesetStore(database), new RulesetCheck(code), Packs, Alarms.ClearMissingAsync, time, loggers.CreateLogger<RulesetCatalog>());
        var backTest = new BackTestEngine(Registry, Store, code, loggers.CreateLogger<BackTestEngine>());
        BackTests = new BackTestQueue(backTest, Packs, RulesetAlarms, time);
        BackTestDesk = new BackTestDesk(BackTests, time, loggers.CreateLogger<BackTestDesk>());
        var detection = new DetectionSources(Plans, () => Rulesets.Current, Alarms.FindLasting);
        Pipeline = new Pipeline.Pipeline(
            Log, Store, Registry, _letters, ledger, progress, new PipelineCounters(lanes, Meter.PipelineSeconds), new AlarmOutlet(Alarms.AddAsync, Alarms.FlushAsync),
            () => new MessageFlow(Registry, Packs, Store, Stream, detection, options), lanes, options.Pipeline, time, loggers.CreateLogger<Pipeline.Pipeline>());
        _clock = new DetectionClock(Pipeline, detection, Registry, Packs, time, loggers.CreateLogger<DetectionClock>());
        Meter.Observe(() => _clock.Figures);
        Retry = new DeadLetterRetry(DeadLetters, Pipeline, time);
        Replay = new LogReplay(
            new ReplaySources(Log, Pipeline, Store, Registry, Packs, code, DeadLetters, _letters, options.Pipeline, time),
            new PastAlarms(backTest, () => Rulesets.Current, Packs, RulesetAlarms, new RawReadings(Store, Log, Packs), Alarms));
        Broker = new MqttBroker(BrokerOptionsOf(options, folder), new MqttAccess(Guard, Registry, Packs, options, Gate), new MqttIngress(Gate, Packs), time, loggers.CreateLogger<MqttBroker>());
        // Whoever's rights have changed connects again, and is asked again.
        Credentials.Users.Changed += user => Broker.Disconnect(principal => (principal as Principal)?.UserName == user);
        TcpConnections = new ConnectionLimit(options.Tcp.ConnectionsMax);
        Notifications = new NotificationDispatch(Outbox, options.Notifications, code.Forms, Registry, Broker, time, loggers.CreateLogger<NotificationDispatch>());
        Meter.Observe(Gate, Log, Pipeline, Broker.Counters, TcpConnections);
        Meter.Observe(Alarms, time);
        Meter.Observe(Notifications);
        _housekeeping = new Housekeeping(Log, Store, Pipeline, DeadLetters, AlarmStore, Outbox, Credentials, options, time, loggers.CreateLogger<Housekeeping>());
    }

    public GaramOptions Options { get; }

    public DataFolder Folder { get; }

    public TimeProvider Time { get; }

    public DurableLog Log { get; }

    public DeviceRegistry Registry { get; }

    public AccessGuard Guard { get; }

    public Credentials Credentials { get; }

    public PackCatalog Packs { get; }

    public RulesetCatalog Rulesets { get; }

    public RulesetAlarms RulesetAlarms { get; }

    internal BackTestQueue BackTests { get; }

    public BackTestDesk BackTestDesk { get; }

    /// <summary>What packs keep of their own findings.</summary>
    public PackRecordStore PackRecords { get; }

    public TimeSeriesStore Store { get; }

    public LogGate Gate { get; }

    public Pipeline.Pipeline Pipeline { get; }

    /// <summary>What packs bring as code.</summary>
    public PackCode Code { get; }

    /// <summary>What is done with the readings of each product besides storing them.</summary>
    public DetectionPlans Plans { get; }

    public DeadLetterStore DeadLetters { get; }

    public DeadLetterRetry Retry { get; }

    public AlarmDesk Alarms { get; }

    public LogReplay Replay { get; }

    public AlarmStore AlarmStore { get; }

    public MqttBroker Broker { get; }

    public NotificationOutbox Outbox { get; }

    public NotificationDispatch Notifications { get; }

    public TelemetryStream Stream { get; } = new();

    public GaramMeter Meter { get; } = new();

    /// <summary>Shared by all TCP listeners.</summary>
    public ConnectionLimit TcpConnections { get; }

    /// <summary>Opens a node on its data folder.</summary>
    /// <exception cref="DataFolderException">The folder cannot be used; the message says what to do.</exception>
    public static GaramNode Open(GaramOptions options, IReadOnlyList<PackFolder> packs, PackCode code, TimeProvider time, ILoggerFactory loggers)
    {
        var folder = DataFolder.Open(options.Data);
        try
        {
            var node = new GaramNode(options, folder, packs, code, time, loggers);
            node.Broker.Start();
            node._actions.Start();
            node.Notifications.Start((step, cancellation) => node.Alarms.EscalatedAsync(step.AlarmId, step.Note, cancellation));
            node.Packs.Watch();
            return node;
        }
        catch (Exception e) when (e is LogException or NewerSchemaException or TimeSeriesStorageException or InvalidDataException or IOException)
        {
            throw new DataFolderException($"The data folder {folder.Path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Why the node is not ready, each a sentence; empty when it is.</summary>
    public IReadOnlyList<Phrase> Problems()
    {
        var problems = new List<Phrase>();
        if (Log.Failure is { } log)
            problems.Add($"The log has stopped after a failed write: {log.Message} Mend the disk and restart; nothing acknowledged is lost.");
        if (Log.IsFull)
            problems.Add($"The disk has less than {Options.Log.ReserveMegabytes} MB free; producers wait. Make room, or lower log.retain_days.");
        if (Pipeline.Failure is { } failure)
            problems.Add($"The pipeline has stopped: {failure.Message} Messages stay in the log; restart.");
        if (Pipeline.CommitFailure is { } commit)
            problems.Add($"The telemetry store cannot commit: {commit.Message}");
        if (_letters.Failure is { } letters)
            problems.Add($"Dead letters cannot be written: {letters.Message}");
        if (Alarms.Failure is { } alarms)
            problems.Add($"Alarms cannot be written: {alarms.Message}");
        if (Pipeline.Ledger.Remainder != 0)
            problems.Add($"The ledger misses {Pipeline.Ledger.Remainder} messages. This is a defect; please report it with the log of the program.");
        if (Gate.IsClosed)
            problems.Add($"The program is going down.");
        return problems;
    }

    /// <summary>
    /// Takes no more messages, finishes what is in the log, commits it and ends the MQTT connections. What a device sent and did not get
    /// acknowledged it will send again.
    /// </summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        Gate.Close();
        await Notifications.DisposeAsync();
        await Broker.DisposeAsync();
        await Pipeline.DrainAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Close();
        await _clock.DisposeAsync();
        await _housekeeping.DisposeAsync();
        Packs.Dispose();
        await Rulesets.DisposeAsync();
        await BackTestDesk.DisposeAsync();
        await BackTests.DisposeAsync();
        await Notifications.DisposeAsync();
        await Broker.DisposeAsync();
        await Pipeline.DisposeAsync();
        await _letters.DisposeAsync();
        await _actions.DisposeAsync();
        await Alarms.DisposeAsync();
        Credentials.Dispose();
        Store.Dispose();
        await Log.DisposeAsync();
        Meter.Dispose();
        Gate.Dispose();
    }

    private LogOptions LogOptionsOf(GaramOptions options) => new()
    {
        RetainFor = TimeSpan.FromDays(options.Log.RetainDays),
        RetainBytes = (long)options.Log.RetainGigabytes << 30,
        FreeBytesReserve = (long)options.Log.ReserveMegabytes << 20,
        RecordBytesMax = options.Ingress.PayloadBytesMax + (256 << 10),
        GroupBytesMax = Math.Max(16 << 20, (options.Ingress.PayloadBytesMax + (256 << 10)) * 2),
        FlushObserved = took => Meter.AppendSeconds.Record(took.TotalSeconds),
        CorruptionFound = damage => _logger.LogError("The log is damaged: {Damage}", damage),
    };

    private static TimeSeriesOptions StoreOptionsOf(GaramOptions options, DataFolder folder, PackCode code, ILogger logger) => new()
    {
        Directory = folder.Telemetry,
        GroupsMax = options.Registration.DevicesMax,
        Retention = new RetentionPolicy(
            TimeSpan.FromDays(options.Telemetry.RetainRawDays), TimeSpan.FromDays(options.Telemetry.RetainMinutesDays),
            TimeSpan.FromDays(options.Telemetry.RetainHoursDays), null),
        RetentionClasses = code.RetainRawDays.ToDictionary(of => of.Key, of => new RetentionPolicy(
            TimeSpan.FromDays(Math.Min(of.Value, options.Telemetry.RetainRawDays)), TimeSpan.FromDays(options.Telemetry.RetainMinutesDays),
            TimeSpan.FromDays(options.Telemetry.RetainHoursDays), null)),
        OnDamagedData = damage => logger.LogError("Stored telemetry is damaged and left out: {Damage}", damage),
    };

    private static MqttOptions BrokerOptionsOf(GaramOptions options, DataFolder folder) => new()
    {
        ConnectionsMax = options.Mqtt.ConnectionsMax,
        PacketBytesMax = options.Ingress.PayloadBytesMax + (16 << 10),
        StateFolder = folder.Mqtt,
    };

    private void ReportRecovery()
    {
        var recovery = Log.Recovery;
        if (recovery.TailBytesCut > 0)
            _logger.LogInformation("The log's tail was cut by {Bytes} bytes that were never acknowledged", recovery.TailBytesCut);
        foreach (var damage in recovery.Corruptions)
            _logger.LogError("The log is damaged: {Damage}", damage);
    }

    private void RestoreLastSeen()
    {
        var newest = new List<NewestValue>();
        foreach (var entry in Registry.Devices)
        {
            newest.Clear();
            Store.FindGroup(entry.Current.Id.Value)?.CopyNewest(newest);
            foreach (var value in newest)
                entry.Seen(value.TimeUs);
        }
    }
}
