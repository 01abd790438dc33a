using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Garam.Platform.Pipeline;

/// <summary>The pipeline's figures for <c>/metrics</c>.</summary>
public sealed class PipelineCounters
{
    private static readonly int States = Enum.GetValues<MessageState>().Length;

    // A row a lane, padded to whole cache lines so that lanes do not slow each other.
    private const int RowStride = 16;

    private readonly long[] _states;
    private readonly long[] _samples;
    private readonly ConcurrentDictionary<string, long> _dead = new(StringComparer.Ordinal);
    private readonly Histogram<double> _latency;

    internal PipelineCounters(int lanes, Histogram<double> latency)
    {
        _states = new long[lanes * RowStride];
        _samples = new long[lanes];
        _latency = latency;
    }

    /// <summary>Messages by final state since start.</summary>
    public long this[MessageState state]
    {
        get
        {
            var sum = 0L;
            for (var row = 0; row < _states.Length; row += RowStride)
                sum += Volatile.Read(ref _states[row + (int)state]);
            return sum;
        }
    }

    /// <summary>Samples stored since start.</summary>
    public long SamplesStored
    {
        get
        {
            var sum = 0L;
            for (var lane = 0; lane < _samples.Length; lane++)
                sum += Volatile.Read(ref _samples[lane]);
            return sum;
        }
    }

    /// <summary>Dead letters by reason since start.</summary>
    public IReadOnlyDictionary<string, long> DeadByReason => _dead;

    internal void Count(int lane, MessageState state) => _states[(lane * RowStride) + (int)state]++;

    /// <summary>Tells a lane's own count, once a block.</summary>
    internal void Samples(int lane, long stored) => Volatile.Write(ref _samples[lane], stored);

    internal void Dead(string reason) => _dead.AddOrUpdate(reason, 1, (_, count) => count + 1);

    /// <summary>Receive to stored, of the newest message of a block of so many.</summary>
    internal void Latency(long us, int messages)
    {
        if (messages > 0)
            _latency.Record(Math.Max(0, us) / 1e6);
    }
}
