using System.Text;
using Garam.Platform.Alarms;
using Garam.Platform.Detection;
using Garam.Platform.Rules;
using Garam.Platform.Sql;
using Garam.Platform.Telemetry;
using Garam.TimeSeries;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests;

/// <summary>A message flow with everything real around it but the log: positions are given by the test.</summary>
internal sealed class FlowBed : IDisposable
{
    public const string Json = """
        product_type: json
        version: 4
        format: json
        conversion:
          timestamp: {source: ts, format: auto}
          ignore: [where]
        """;


    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;
    private long _position;

    public FlowBed(
        GaramOptions? options = null, int seriesMax = 2_000, PackCode? code = null, TemporaryFolder? folder = null, Func<AlarmKey, LastingAlarm?>? lasting = null)
    {
        _folder = folder ?? new TemporaryFolder();
        _ownsFolder = folder is null;
        Options = options ?? new GaramOptions();
        Packs = new PackFolders(_folder);
        Packs.WriteProduct("test", "json", Json);
        Packs.WriteProduct("test", "tag", "product_type: tag\nformat: json\nconversion:\n  timestamp: {source: ts, format: auto}\n  mapping: [{name_from: tag, value_from: value}]\n");
        Packs.WriteProduct("test", "rows", "product_type: rows\nformat: csv\nconversion: {header: true, timestamp: {source: time, format: auto}, mapping: [{source: t, target: t, type: float}]}\n");
        Packs.WriteProduct("test", "where", "product_type: where\nformat: json\nconversion: {sql: \"SELECT t FROM 'x' WHERE t < 100\"}\n");
        Packs.WriteProduct("test", "valid", "product_type: valid\nformat: json\nconversion: {mapping: [{source: t, target: t, type: float, valid: {min: 0, max: 10}}]}\n");
        Packs.Open().Current.Problems.ShouldBeEmpty();
        Registry = new DeviceRegistry(new DeviceStore(Database.Open(_folder.File("garam.db"))), Options.Registration.DevicesMax, TimeProvider.System);
        Store = TimeSeriesStore.Open(new TimeSeriesOptions { Directory = _folder.File("telemetry"), SeriesPerGroupMax = seriesMax });
        Plans = new DetectionPlans(code ?? PackCode.None, NullLogger.Instance);
        Flow = new MessageFlow(Registry, Packs.Catalog, Store, Stream, new DetectionSources(Plans, () => Setting, lasting ?? (_ => null)), Options);
    }

    public GaramOptions Options { get; }

    public PackFolders Packs { get; }

    public DeviceRegistry Registry { get; }

    public TimeSeriesStore Store { get; }

    public TelemetryStream Stream { get; } = new();

    public DetectionPlans Plans { get; }

    /// <summary>The rulesets in force.</summary>
    public RuleSetting Setting { get; set; } = RuleSetting.Empty;

    public MessageFlow Flow { get; }

    public static long NowUs => ManualTime.StartUs;

    public FlowResult Send(
        string payload, string device = "a", string product = "json", string hub = "", RouteKind kind = RouteKind.Telemetry, long? position = null,
        long? receivedUs = null)
    {
        byte[] record =
        [
            .. RawRecord.Header(
                Protocol.Mqtt, kind, Encoding.UTF8.GetBytes(device), Encoding.UTF8.GetBytes(hub), Encoding.UTF8.GetBytes(product), default, "topic"u8),
            .. Encoding.UTF8.GetBytes(payload),
        ];
        RawRecord.Stamp(record, receivedUs ?? NowUs + _position);
        RawRecord.TryRead(record, out var raw).ShouldBeTrue();
        return Flow.Run(raw, position ?? _position++);
    }

    /// <summary>Samples of a series as (microseconds after now, value).</summary>
    public List<(long At, double Value)> Samples(string series, string device = "a")
    {
        if (Store.FindGroup(device) is not { } group)
            return [];
        using var result = Store.Query(group, new SeriesQuery(series, NowUs - 86_400_000_000, NowUs + 86_400_000_000, QueryStep.Raw));
        return [.. Enumerable.Range(0, result.Count).Select(i => (result.Times[i] - NowUs, result.Values[i]))];
    }

    public void Dispose()
    {
        Packs.Dispose();
        Store.Dispose();
        if (_ownsFolder)
            _folder.Dispose();
    }
}
