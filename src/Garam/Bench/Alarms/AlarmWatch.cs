using System.Diagnostics;
using System.Text.Json;
using Garam.Bench.Servers;

namespace Garam.Bench.Alarms;

/// <summary>Reads the event stream and notes when the alarm of each hot device came.</summary>
internal sealed class AlarmWatch(int devices)
{
    private readonly Dictionary<string, long> _seenAt = new(devices, StringComparer.Ordinal);

    /// <summary>When the alarm of a device was read, by the monotonic clock; 0 when it has not come. Ask after <see cref="ReadAsync"/> has ended.</summary>
    public long SeenAt(string device) => _seenAt.GetValueOrDefault(device);

    /// <summary>Reads until every device's alarm has come; <paramref name="opened"/> is set when the stream is open.</summary>
    public async Task ReadAsync(GaramApi api, TaskCompletionSource opened, CancellationToken cancellation)
    {
        using var reader = new StreamReader(await api.OpenAsync("api/v1/stream?events=alarms", cancellation));
        opened.SetResult();
        while (_seenAt.Count < devices && await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (!line.StartsWith("data:", StringComparison.Ordinal))
                continue;
            var now = Stopwatch.GetTimestamp();
            using var document = JsonDocument.Parse(line.AsMemory(5));
            var root = document.RootElement;
            if (root.TryGetProperty("change", out var change) && change.GetString() == "raised")
                _seenAt.TryAdd(root.GetProperty("alarm").GetProperty("device_id").GetString()!, now);
        }
    }
}
