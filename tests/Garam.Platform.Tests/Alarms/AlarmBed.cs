using System.Buffers;
using System.Text;
using System.Text.Json;
using Garam.Expressions;
using Garam.Platform.Alarms;
using Garam.Platform.Sql;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests.Alarms;

/// <summary>A desk on a real database and a clock that the test moves.</summary>
internal sealed class AlarmBed : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AlarmOptions _options;
    private readonly IReadOnlyList<IAlarmAction> _actions;
    private AlarmDesk? _desk;

    public AlarmBed(Action<AlarmOptions>? change = null, params IReadOnlyList<IAlarmAction> actions)
    {
        _options = new AlarmOptions();
        change?.Invoke(_options);
        _actions = actions;
        Database = Database.Open(Path);
        Registry = new DeviceRegistry(new DeviceStore(Database), 100_000, Time);
        Store = new AlarmStore(Database);
        Open();
    }

    public string Path => _folder.File("garam.db");

    public ManualTime Time { get; } = new();

    public Database Database { get; }

    public DeviceRegistry Registry { get; }

    public AlarmStore Store { get; }

    public AlarmDesk Desk => _desk!;

    /// <summary>What people were to be told, in order.</summary>
    public List<AlarmEvent> Told { get; } = [];

    public static AlarmKey Key(string device = "a", string rule = "hot") => new("rules", rule, device);

    public static AlarmRaise Raise(long position, string device = "a", string rule = "hot", double value = 61) =>
        new(Key(device, rule), position, position * 1_000_000)
        {
            DeviceId = device, ProductId = "p", RulesetVersion = 3, SpecVersion = 2, Severity = Severity.Critical, FollowUp = FollowUp.Action | FollowUp.Notify,
            Kind = "TEMPERATURE_CRITICAL", Texts = new AlarmTexts("Hot: 61 °C", "고온 감지: 61 °C", ["Go and look."], ["확인하세요."]), SinceUs = (position * 1_000_000) - 10_000_000,
            ReceivedUs = ManualTime.StartUs, Value = value, ValueOf = "temperature",
            Snapshot = [new AlarmReading("temperature", Value.Of(value)), new AlarmReading("door", Value.Of(true)), new AlarmReading("mode", Value.Of("auto"))],
        };

    public static AlarmClear Clear(long position, string device = "a", long count = 5, double worst = 70, string rule = "hot") =>
        new(Key(device, rule), position, position * 1_000_000, count, worst);

    public static AlarmProgress Progress(long position, long count, double worst, string device = "a") =>
        new(Key(device), position, position * 1_000_000, count, worst);

    public async Task TakeAsync(params IEnumerable<AlarmSignal> signals)
    {
        foreach (var signal in signals)
            await Desk.AddAsync(signal);
        await Desk.FlushAsync(Until.Token);
    }

    /// <summary>Moves the clock, and waits for what the desk does then.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Desk.FlushAsync(Until.Token);
    }

    public Task<AlarmAnswer> OrderAsync(AlarmOrderKind kind, long id = 1, string by = "kim", string? note = null, bool isConfirmed = true, int? revision = null) =>
        Desk.OrderAsync(new AlarmOrder(id, kind, by, note, isConfirmed, revision), Until.Token);

    /// <summary>Ends the desk and opens it again on what it has written.</summary>
    public async Task RestartAsync(TimeSpan after = default)
    {
        await Desk.DisposeAsync();
        Time.Advance(after);
        Open();
    }

    public Alarm Alarm(long id = 1) => Store.Find(id)!;

    public IReadOnlyList<Alarm> All() => Store.List(new AlarmFilter(), 100_000);

    public List<string> History(long id = 1) => [.. Store.History(id, 0, 1_000).Select(l => l.Change)];

    /// <summary>Everything that is known of all alarms, as text.</summary>
    public string State() => string.Join('\n', All().Select(a => $"{Json(a)} {string.Join(',', History(a.Id))} {Desk.FindLasting(a.Key)}"));

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        _folder.Dispose();
    }

    private static string Json(Alarm alarm)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            AlarmJson.Write(json, alarm);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Open() =>
        _desk = new AlarmDesk(Database, Registry, _options, _actions, new AlarmOutbox((_, _, events) => Told.AddRange(events), () => { }), Time, NullLogger.Instance);
}
