using Garam.Platform;
using Garam.Platform.Ingress;
using Garam.Platform.Observability;
using Garam.Web.Fleet;

namespace Garam.Web.Plumbing;

/// <summary>The pipeline's figures, read at most every two seconds however many pages look. Thread-safe.</summary>
internal sealed class PlumbingView(GaramNode node, FleetPulse pulse, PrometheusText metrics, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly Lock _reading = new();
    private PlumbingFigures? _figures;
    private long _readAt;

    public PlumbingFigures Figures()
    {
        lock (_reading)
        {
            if (_figures is null || time.GetElapsedTime(_readAt) >= Fresh)
            {
                _figures = Read();
                _readAt = time.GetTimestamp();
            }

            return _figures;
        }
    }

    private PlumbingFigures Read()
    {
        var text = metrics.Render();
        var stored = HistogramText.Read(text, "garam_pipeline_latency_seconds");
        var disk = new DriveInfo(Path.GetFullPath(node.Folder.Path));
        return new PlumbingFigures(
            node.Problems(),
            pulse.Of(Platform.Identity.AccessScope.Everything).MessagesPerSecond,
            node.Pipeline.Progress.Lag,
            stored.Quantile(0.5),
            stored.Quantile(0.99),
            HistogramText.Read(text, "garam_log_append_seconds").Quantile(0.99),
            node.Log.Bytes,
            node.Store.Statistics.DatabaseBytes,
            disk.AvailableFreeSpace,
            disk.TotalSize,
            node.Registry.Count,
            node.Pipeline.Counters.SamplesStored,
            [.. Enum.GetValues<Protocol>().Select(Of).Where(p => p.Accepted + p.Refused > 0)]);
    }

    private (string Protocol, long Accepted, long Refused) Of(Protocol protocol)
    {
        var (accepted, refused) = (0L, 0L);
        foreach (var result in Enum.GetValues<IngressResult>())
        {
            if (result == IngressResult.Accepted)
                accepted += node.Gate.Counters[protocol, result];
            else
                refused += node.Gate.Counters[protocol, result];
        }

        return (protocol == Protocol.WebSocket ? nameof(Protocol.WebSocket) : protocol.ToString().ToUpperInvariant(), accepted, refused);
    }
}
