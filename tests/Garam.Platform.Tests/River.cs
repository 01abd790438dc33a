using System.Text;
using Garam.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests;

/// <summary>A whole node on a temporary folder, without listeners: what is sent goes through the gate and the log.</summary>
internal sealed class River(TemporaryFolder folder, int lanes = 3, int checkpointMessages = 1_000_000) : IAsyncDisposable
{
    private readonly Dictionary<string, IngressSource> _sources = new(StringComparer.Ordinal);
    private GaramNode? _node;

    public GaramNode Node => _node ?? throw new InvalidOperationException("not open");

    public PackCode Code { get; init; } = PackCode.None;

    public string DataPath => folder.File("data");

    public GaramNode Open(Action<GaramOptions>? change = null)
    {
        var options = new GaramOptions
        {
            Data = DataPath,
            Pipeline = new PipelineOptions { Lanes = lanes, CheckpointMessages = checkpointMessages, CheckpointSeconds = 3_600 },
            Log = new LogStoreOptions { ReserveMegabytes = 0 },
        };
        change?.Invoke(options);
        var packs = new PackFolders(folder);
        packs.WriteProduct("test", "json", FlowBed.Json);
        return _node = GaramNode.Open(options, packs.Packs, Code, TimeProvider.System, NullLoggerFactory.Instance);
    }

    /// <summary>Logs one message; durable when <see cref="DurableAsync"/> completes.</summary>
    public LogPosition Send(string payload, string device = "a", string product = "json")
    {
        if (!_sources.TryGetValue($"{device} {product}", out var source))
            _sources[$"{device} {product}"] = source = new IngressSource(Protocol.Mqtt, RouteKind.Telemetry, device, "", product, "topic", null);
        LogPosition position;
        while (!Node.Gate.TryAppend(source, Encoding.UTF8.GetBytes(payload), out position))
            Node.Gate.WaitForRoomAsync(Until.Token).AsTask().GetAwaiter().GetResult();
        return position;
    }

    public Task DurableAsync(LogPosition position) => Node.Gate.WaitDurableAsync(position, Until.Token).AsTask();

    /// <summary>Completes when everything sent so far is in the store.</summary>
    public Task ProcessedAsync() => Until.True(() => Node.Pipeline.Progress.Lag == 0, "everything is processed");

    public async Task CheckpointAsync()
    {
        await ProcessedAsync();
        await Until.True(
            () =>
            {
                Node.Pipeline.WantCheckpoint();
                return Node.Pipeline.Committed == Node.Log.Next;
            },
            "everything is committed");
    }

    /// <summary>Ends as after a kill: what no checkpoint has passed is only in the log.</summary>
    public async Task CrashAsync()
    {
        await Node.DisposeAsync();
        _node = null;
    }

    public List<double> Values(string series, string device = "a")
    {
        if (Node.Store.FindGroup(device) is not { } group)
            return [];
        using var result = Node.Store.Query(group, new TimeSeries.SeriesQuery(series, 0, long.MaxValue / 2, TimeSeries.QueryStep.Raw));
        return [.. result.Values.ToArray()];
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
    }
}
