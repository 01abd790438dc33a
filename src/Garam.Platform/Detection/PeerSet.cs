namespace Garam.Platform.Detection;

/// <summary>The devices that met a condition, in the order of when they last did. Each step costs the same however many there are.</summary>
internal sealed class PeerSet
{
    private readonly Dictionary<string, LinkedListNode<(string Device, long TimeUs)>> _byDevice = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Device, long TimeUs)> _order = new();

    public int Count => _byDevice.Count;

    public IEnumerable<string> Devices => _order.Select(p => p.Device);

    public void Met(string device, long timeUs)
    {
        if (_byDevice.TryGetValue(device, out var node))
        {
            if (node.Value.TimeUs >= timeUs)
                return;
            _order.Remove(node);
            node.Value = (device, timeUs);
        }
        else
        {
            node = new LinkedListNode<(string, long)>((device, timeUs));
            _byDevice.Add(device, node);
        }

        // Readings come nearly in order of time: a step or two from the end.
        var after = _order.Last;
        while (after is not null && after.Value.TimeUs > timeUs)
            after = after.Previous;
        if (after is null)
            _order.AddFirst(node);
        else
            _order.AddAfter(after, node);
    }

    public void Remove(string device)
    {
        if (_byDevice.Remove(device, out var node))
            _order.Remove(node);
    }

    /// <summary>Forgets those that last met it before a time.</summary>
    public void Forget(long beforeUs)
    {
        while (_order.First is { } first && first.Value.TimeUs < beforeUs)
        {
            _order.RemoveFirst();
            _byDevice.Remove(first.Value.Device);
        }
    }
}
