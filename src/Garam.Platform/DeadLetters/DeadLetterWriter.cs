using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.DeadLetters;

/// <summary>
/// Takes dead letters from the lanes and writes them in batches within a moment.
/// </summary>
/// <remarks>
/// The queue is bounded: when the database cannot keep up the lanes wait, the log's lag grows, and producers are slowed. The pipeline
/// calls <see cref="FlushAsync"/> before each checkpoint, so no checkpoint passes a letter that is not on disk. A write that fails
/// keeps its letters and is tried again; the reason is logged and shown by <see cref="Failure"/>. What cannot be written before the end is
/// made again from the log after the next start.
/// </remarks>
internal sealed class DeadLetterWriter : IAsyncDisposable
{
    /// <summary>Letters waiting at most; with the largest payloads that is 256 MiB, usually a few.</summary>
    private const int QueueMax = 1_024;

    private const int BatchMax = 256;

    private readonly Channel<object> _queue = Channel.CreateBounded<object>(new BoundedChannelOptions(QueueMax) { SingleReader = true });
    private readonly DeadLetterStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _writing;

    public DeadLetterWriter(DeadLetterStore store, TimeProvider time, ILogger logger)
    {
        _store = store;
        _time = time;
        _logger = logger;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Why the last write failed; null when all is well.</summary>
    public Exception? Failure { get; private set; }

    public ValueTask AddAsync(DeadLetter letter) => _queue.Writer.WriteAsync(letter);

    /// <summary>Completes when every letter added before the call is on disk.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(flushed, cancellation);
        await flushed.Task.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _closing.CancelAsync();
        await _writing;
        _closing.Dispose();
    }

    private async Task WriteAsync()
    {
        var letters = new List<DeadLetter>(BatchMax);
        var flushes = new List<TaskCompletionSource>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (letters.Count < BatchMax && _queue.Reader.TryRead(out var item))
            {
                if (item is DeadLetter letter)
                    letters.Add(letter);
                else
                    flushes.Add((TaskCompletionSource)item);
            }

            await StoreAsync(letters);
            letters.Clear();
            flushes.ForEach(f => _ = Failure is { } failure ? f.TrySetException(failure) : f.TrySetResult());
            flushes.Clear();
        }
    }

    private async Task StoreAsync(List<DeadLetter> letters)
    {
        while (letters.Count > 0)
        {
            try
            {
                _store.Add(letters);
                Failure = null;
                return;
            }
            catch (Exception e)
            {
                // The database is full or stuck: the letters stay here and the pipeline waits, so nothing is lost.
                if (Failure is null)
                    _logger.LogError(e, "Dead letters cannot be written; the pipeline waits. Check the disk of the data folder.");
                Failure = e;
                if (_closing.IsCancellationRequested)
                    return;
                await Task.Delay(TimeSpan.FromSeconds(1), _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
