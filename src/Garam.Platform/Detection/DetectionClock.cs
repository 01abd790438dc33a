using Garam.Platform.Devices;
using Garam.Platform.Ingress;
using Garam.Platform.Packs;
using Garam.Platform.Pipeline;
using Garam.Platform.Rules;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Detection;

/// <summary>
/// Lets the lanes look at the clock once a second while a rule waits for something that does not come: a silence, an absence. What has been
/// received and not yet judged is not taken for silence.
/// </summary>
internal sealed class DetectionClock : IAsyncDisposable
{
    /// <summary>The windows are measured every so many ticks: it looks at every device.</summary>
    private const int MeasureTicks = 15;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Pipeline.Pipeline _pipeline;
    private readonly DetectionSources _sources;
    private readonly DeviceRegistry _registry;
    private readonly PackCatalog _packs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private int _ticks;
    private (PackSet Packs, RuleSetting Setting) _awaited = (PackSet.Empty, RuleSetting.Empty);

    public DetectionClock(Pipeline.Pipeline pipeline, DetectionSources sources, DeviceRegistry registry, PackCatalog packs, TimeProvider time, ILogger logger)
    {
        _pipeline = pipeline;
        _sources = sources;
        _registry = registry;
        _packs = packs;
        _time = time;
        _logger = logger;
        _running = Task.Run(RunAsync);
    }

    /// <summary>As last measured.</summary>
    public DetectionFigures Figures { get; private set; } = new(0, 0, 0);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Period, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            try
            {
                await TickAsync();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Supervised: a lane that stopped is reported by the pipeline; everything else is tried again in a second.
                _logger.LogError(e, "The clock of the rules failed; silences and absences are looked for again in a second");
            }
        }
    }

    private async Task TickAsync()
    {
        await AwaitDevicesAsync();
        if (_ticks++ % MeasureTicks == 0)
            await MeasureAsync();
        if (!_sources.Plans.Made.Any(p => p.HasTimers))
            return;
        // Asked before the lag, so that nothing received up to then is missed.
        var nowUs = Rest.TimeParameter.ToUs(_time.GetUtcNow());
        var isUpToDate = _pipeline.Progress.Lag == 0;
        await _pipeline.OnEveryLaneAsync(lane => lane.Flow.Devices.Tick(isUpToDate ? nowUs : lane.NewestUs), _stopping.Token);
    }

    private async Task MeasureAsync()
    {
        var (devices, bytes, late) = (0, 0L, 0L);
        await _pipeline.OnEveryLaneAsync(lane =>
        {
            var (laneDevices, laneBytes, laneLate) = lane.Flow.Devices.Windows();
            devices += laneDevices;
            bytes += laneBytes;
            late += laneLate;
        }, _stopping.Token);
        Figures = new DetectionFigures(devices, bytes, late);
    }

    /// <summary>After a start, and when rules or products have changed: devices that rules wait for, and that may never speak again.</summary>
    private async Task AwaitDevicesAsync()
    {
        var packs = _packs.Current;
        var setting = _sources.Setting();
        if (ReferenceEquals(packs, _awaited.Packs) && ReferenceEquals(setting, _awaited.Setting))
            return;
        _awaited = (packs, setting);
        foreach (var product in packs.Products.Where(p => setting.For(p.Id).Count > 0 && _sources.Plans.For(p, setting).HasTimers))
        {
            foreach (var entry in _registry.Devices.Where(d => d.Current.ProductId == product.Id))
            {
                await _pipeline.OnLaneAsync(RawRecord.Hash(System.Text.Encoding.UTF8.GetBytes(entry.Current.Id.Value)), lane =>
                {
                    lane.Flow.Devices.Await(entry);
                    return Task.FromResult(true);
                }, _stopping.Token);
            }
        }
    }
}
