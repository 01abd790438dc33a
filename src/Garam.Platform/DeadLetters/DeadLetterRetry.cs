using Garam.Platform.Ingress;
using Garam.Platform.Pipeline;

namespace Garam.Platform.DeadLetters;

/// <summary>
/// Sends dead letters through the pipeline again, each on its device's own lane. What goes well leaves the dead letters; what fails again
/// stays, with the new reason and one more attempt.
/// </summary>
/// <remarks>
/// A crash between storing and removing leaves the letter; the next retry finds its samples already there, counts it as a duplicate and
/// removes it.
/// </remarks>
public sealed class DeadLetterRetry(DeadLetterStore store, Pipeline.Pipeline pipeline, TimeProvider time)
{
    private const int PageSize = 256;

    /// <summary>Retries letters of these positions, or all of a reason, or all.</summary>
    public async Task<RetryReport> RunAsync(IReadOnlyCollection<long>? positions, string? reason, CancellationToken cancellation)
    {
        var report = new RetryReport(0, 0);
        if (positions is not null)
        {
            foreach (var page in positions.Chunk(PageSize))
                report = report.Add(await RetryAsync([.. page.Select(store.Find).OfType<DeadLetter>()], cancellation));
            return report;
        }

        var after = -1L;
        while (store.List(reason, null, after, PageSize) is { Count: > 0 } page)
        {
            report = report.Add(await RetryAsync(page, cancellation));
            after = page[^1].Position;
        }

        return report;
    }

    private async Task<RetryReport> RetryAsync(IReadOnlyList<DeadLetter> page, CancellationToken cancellation)
    {
        var recovered = new List<long>();
        foreach (var letter in page)
        {
            if (await RetryAsync(letter, cancellation))
                recovered.Add(letter.Position);
        }

        if (recovered.Count > 0)
        {
            // Their bytes leave the dead letters only when their readings are on disk.
            await pipeline.CommittedAsync(cancellation);
            store.Remove(recovered);
        }

        return new RetryReport(recovered.Count, page.Count - recovered.Count);
    }

    private async Task<bool> RetryAsync(DeadLetter letter, CancellationToken cancellation)
    {
        var hash = RawRecord.DeviceHashOf(letter.Record);
        var result = await pipeline.OnLaneAsync(hash, lane => Task.FromResult(Retry(lane, letter)), cancellation);
        if (result.State != MessageState.Dead)
            return true;
        store.Failed(letter.Position, result.Reason!, result.Detail!, result.Product, result.SpecVersion, NowUs());
        return false;
    }

    private static FlowResult Retry(Lane lane, DeadLetter letter)
    {
        if (!RawRecord.TryRead(letter.Record, out var raw))
            return FlowResult.Dead(letter.Reason, letter.Detail);
        var result = lane.Flow.Run(raw, letter.Position);
        if (result.State != MessageState.Dead)
            lane.CountMoved(MessageState.Dead, result.State, raw.ReceivedUs);
        return result;
    }

    private long NowUs() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
