using Garam.Platform.Alarms;
using Garam.Platform.Rules;

namespace Garam.Platform.Detection;

/// <summary>
/// A rule across devices, and one group of them: a site, a customer, a hub, a product. Its devices may be on different lanes, so everything
/// happens under its lock; what it holds is bounded by the devices of the group.
/// </summary>
internal sealed class RuleGroup
{
    private readonly Lock _gate = new();
    private readonly CompiledRule _rule;
    private readonly PeerSet[] _peers;
    private readonly double[] _counts;
    private RuleState _state;
    private long _newestUs = RuleState.Never;
    private long _holdUs = RuleState.Never;

    public RuleGroup(CompiledRule rule, AlarmKey key, LastingAlarm? lasting)
    {
        _rule = rule;
        Key = key;
        _peers = [.. Enumerable.Range(0, rule.Peers?.Conditions.Count ?? 0).Select(_ => new PeerSet())];
        _counts = new double[_peers.Length];
        _state = new RuleState { Lasting = lasting is null ? null : new LastingCondition(lasting) };
        IsRestored = lasting is not null;
    }

    public AlarmKey Key { get; }

    private bool IsRestored { get; }

    /// <summary>Judges a reading of one of its devices.</summary>
    public void Judge(in Judgement reading, JudgedRule judged)
    {
        lock (_gate)
        {
            var at = reading.At;
            _newestUs = Math.Max(_newestUs, at.TimeUs);
            if (_holdUs == RuleState.Never)
                _holdUs = at.TimeUs + Math.Max(_rule.WithinUs, 60_000_000);
            if (_rule.Kind == RuleKind.Sequence)
            {
                reading.Judge(judged, ref _state);
                return;
            }

            Observe(reading);
            if (reading.IsSilent && _state.Lasting is not null)
                return;
            var counted = reading.WithPeers(_counts);
            var holds = judged.Condition.When!.Holds(counted.Frame());
            // After a restart the other devices have to speak again before it can be said that the condition holds no more.
            if (!holds && IsRestored && _newestUs < _holdUs)
                return;
            var since = _state.SinceUs == RuleState.Never ? at.TimeUs : _state.SinceUs;
            if (holds && _state.Lasting is null && at.TimeUs - since >= judged.Condition.ForUs)
                counted.Raise(judged, ref _state, since, Devices());
            else
                counted.Condition(judged, ref _state, holds);
        }
    }

    /// <summary>Takes a device out: it has moved to another group, or is gone.</summary>
    public void Remove(string deviceId)
    {
        lock (_gate)
        {
            foreach (var set in _peers)
                set.Remove(deviceId);
        }
    }

    /// <summary>Adds what was counted and not told.</summary>
    public void Report(AlarmWriter alarms, long receivedUs)
    {
        lock (_gate)
        {
            if (_state.Lasting is { IsUnreported: true } lasting)
                alarms.Add(lasting.Report(Key, receivedUs));
        }
    }

    private void Observe(in Judgement reading)
    {
        var conditions = _rule.Peers!.Conditions;
        for (var i = 0; i < _peers.Length; i++)
        {
            if (conditions[i].Holds(reading.Frame()))
                _peers[i].Met(reading.Facts.DeviceId, reading.At.TimeUs);
            else if (_rule.WithinUs == 0)
                _peers[i].Remove(reading.Facts.DeviceId);
            if (_rule.WithinUs > 0)
                _peers[i].Forget(_newestUs - _rule.WithinUs);
            _counts[i] = _peers[i].Count;
        }
    }

    private List<string> Devices() => [.. _peers.SelectMany(p => p.Devices).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
