using Garam.Platform.DeadLetters;
using Garam.Platform.Ingress;
using Garam.Platform.Pipeline;

namespace Garam.Platform.Replay;

/// <summary>
/// Keeps ledger and dead letters true to what a replay makes of messages. What a message was is read from what it left: a dead letter, or
/// its log position in the store; one that left neither was filtered, a duplicate, or a later one has taken its place.
/// </summary>
internal sealed class ReplayBooks(Ledger ledger, DeadLetterStore letters, DeadLetterWriter writer, TimeProvider time, ReplayTally tally, bool isDryRun)
{
    private readonly List<long> _recovered = [];

    /// <summary>Notes what became of a device's messages; on its lane, after the store was changed and before any checkpoint.</summary>
    /// <param name="owned">Positions that the store had before.</param>
    public async Task WriteAsync(Lane lane, IReadOnlyList<DraftMessage> messages, IReadOnlySet<long> owned, IReadOnlyDictionary<long, DeadLetter> known)
    {
        foreach (var message in messages)
        {
            var letter = known.GetValueOrDefault(message.Position);
            var isOwned = owned.Contains(message.Position);
            var before = letter is not null ? MessageState.Dead : isOwned ? MessageState.Stored : (MessageState?)null;
            var after = message.State;
            if (after == MessageState.Dead)
                await KeepAsync(message, letter);
            else if (letter is not null && !isDryRun)
                _recovered.Add(message.Position);
            // Recovered by a replay that ended before it could remove the letter: stored and counted already.
            if (letter is not null && isOwned && after == MessageState.Stored && !message.IsChange)
                continue;
            before ??= after == MessageState.Dead || (message.IsChange && !message.IsOvertaken) ? WithoutTrace(message.ReceivedUs) : after;
            if (before == after)
                continue;
            tally.Move(before.Value, after);
            if (!isDryRun)
                lane.CountMoved(before.Value, after, message.ReceivedUs);
        }
    }

    /// <summary>Removes the letters of messages that are stored now; call it when their readings are on disk.</summary>
    public void RemoveRecovered()
    {
        if (_recovered.Count > 0)
            letters.Remove(_recovered);
        _recovered.Clear();
    }

    private async ValueTask KeepAsync(DraftMessage message, DeadLetter? letter)
    {
        if (isDryRun)
            return;
        var verdict = message.Verdict!.Value;
        var now = Rest.TimeParameter.ToUs(time.GetUtcNow());
        if (letter is not null)
        {
            if (letter.Reason != verdict.Reason || letter.Detail != verdict.Detail || letter.SpecVersion != verdict.SpecVersion)
                letters.Failed(message.Position, verdict.Reason!, verdict.Detail!, verdict.Product, verdict.SpecVersion, now);
            return;
        }

        RawRecord.TryRead(message.Record, out var raw);
        await writer.AddAsync(new DeadLetter(
            message.Position, verdict.Reason!, verdict.Detail!, RawRecord.Text(raw.Device), verdict.Product, verdict.SpecVersion, RawRecord.Text(raw.Channel),
            message.ReceivedUs, now, now, 1, message.Record));
    }

    /// <summary>
    /// What a message without trace was counted as: filtered or a duplicate while that day has any, else stored, with a later message in its place.
    /// </summary>
    private MessageState WithoutTrace(long receivedUs)
    {
        var counts = ledger.On(receivedUs);
        return counts.Filtered > 0 ? MessageState.Filtered : counts.Duplicate > 0 ? MessageState.Duplicate : MessageState.Stored;
    }
}
