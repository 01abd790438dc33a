using System.Collections.Immutable;

namespace Garam.Platform.Devices;

/// <summary>
/// Which devices are disabled, as the gate asks at every message. A sender keeps the answer it got; until the next change that answer is good,
/// and asking again costs a comparison of two references and allocates nothing.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DisabledDevices
{
    private Snapshot _current = new(ImmutableHashSet.Create<string>(StringComparer.Ordinal));

    /// <summary>Takes over how devices are now.</summary>
    public void Set(IEnumerable<Device> devices)
    {
        // Callers hold the registry's lock.
        var ids = _current.Ids.ToBuilder();
        var changed = false;
        foreach (var device in devices)
            changed |= device.IsDisabled ? ids.Add(device.Id.Value) : ids.Remove(device.Id.Value);
        if (changed)
            Volatile.Write(ref _current, new Snapshot(ids.ToImmutable()));
    }

    /// <summary>A device that is gone is not disabled.</summary>
    public void Forget(DeviceId id)
    {
        if (_current.Ids.Contains(id.Value))
            Volatile.Write(ref _current, new Snapshot(_current.Ids.Remove(id.Value)));
    }

    /// <summary>Whether the device, or the hub it speaks through, is disabled.</summary>
    /// <param name="hub">Empty when it speaks for itself.</param>
    /// <param name="known">The sender's last answer; null at first.</param>
    public bool Refuse(string device, string hub, ref Answer? known)
    {
        var current = Volatile.Read(ref _current);
        var answer = known;
        if (answer is null || !ReferenceEquals(answer.By, current))
            known = answer = current.Ids.Contains(device) || current.Ids.Contains(hub) ? current.Refused : current.Admitted;
        return answer.IsRefused;
    }

    /// <summary>What was said of a sender, and by which state of things.</summary>
    internal sealed class Answer(object by, bool isRefused)
    {
        public object By { get; } = by;

        public bool IsRefused { get; } = isRefused;
    }

    private sealed class Snapshot
    {
        public Snapshot(ImmutableHashSet<string> ids)
        {
            Ids = ids;
            (Admitted, Refused) = (new Answer(this, isRefused: false), new Answer(this, isRefused: true));
        }

        public ImmutableHashSet<string> Ids { get; }

        public Answer Admitted { get; }

        public Answer Refused { get; }
    }
}
