using System.Runtime.InteropServices;

namespace Garam.Platform.Replay;

/// <summary>
/// A stretch of a device's messages decoded again, in log order: what the store should hold of them. Bounded by the one who fills it.
/// </summary>
/// <param name="carried">Instants of former drafts that messages still to come have a part in; a reading of one goes on from there.</param>
internal sealed class DeviceDraft(Dictionary<long, DraftInstant> carried)
{
    public List<DraftMessage> Messages { get; } = [];

    public SortedDictionary<long, DraftInstant> Instants { get; } = [];

    /// <summary>Log positions by provenance series and time.</summary>
    public Dictionary<(string Series, long TimeUs), long> Provenance { get; } = [];

    /// <summary>Samples and texts, for those who bound it.</summary>
    public int Cells { get; private set; }

    public long FirstPosition => Messages[0].Position;

    public long LastPosition => Messages[^1].Position;

    /// <summary>Adds a reading; false when all of it is here already from another message.</summary>
    public bool Add(DraftMessage message, long timeUs, List<(string Metric, DraftSample Sample)> samples, List<(string Metric, string Text)> texts)
    {
        if (!Instants.TryGetValue(timeUs, out var instant))
            Instants.Add(timeUs, instant = carried.Remove(timeUs, out var former) ? former : new DraftInstant());
        var isNew = samples.Count + texts.Count == 0;
        foreach (var (metric, sample) in samples)
        {
            ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(instant.Samples, metric, out var exists);
            if (exists && held.Value.Equals(sample.Value) && held.IsSuspect == sample.IsSuspect)
                continue;
            isNew = true;
            held = sample;
        }

        foreach (var (metric, text) in texts)
        {
            isNew |= !instant.Texts.TryGetValue(metric, out var held) || held != text;
            instant.Texts[metric] = text;
        }

        Cells += samples.Count + texts.Count;
        if (!isNew)
            return false;
        if (instant.Messages.Count == 0 || instant.Messages[^1] != message)
            instant.Messages.Add(message);
        message.Readings++;
        return true;
    }
}
