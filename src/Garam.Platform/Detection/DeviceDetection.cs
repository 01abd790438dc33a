using Garam.Expressions;
using Garam.Expressions.Windows;
using Garam.Platform.Alarms;
using Garam.Platform.Rules;
using Garam.TimeSeries;

namespace Garam.Platform.Detection;

/// <summary>
/// Everything that detection remembers of one device: windows, states of derivations, where each rule stands. Owned by the device's lane, or
/// by a back-test; bounded by the plan.
/// </summary>
/// <remarks>
/// A reading goes <see cref="Begin"/> → values into the frame → <see cref="Derive"/> → <see cref="Judge"/>. A new one takes the past up from
/// the store (<see cref="WarmUp"/>) before its first reading; one made for a changed plan takes the state over from its predecessor.
/// </remarks>
internal sealed class DeviceDetection
{
    private readonly (int Slot, Value Value)[] _attributes;
    private readonly IDerivationState[] _derivations;
    private readonly ModelBinding[] _models;
    private readonly Value[] _inputs;
    private readonly Value[] _outputs;
    private readonly JudgedRule[] _rules;
    private readonly RuleState[] _states;
    private readonly bool[] _busy;
    private readonly IdleRule[] _idle;
    private readonly long[] _slotUs;
    private readonly int[] _timed;

    /// <summary>Whether where rules stand is to be found out from the stored past; a predecessor knows it.</summary>
    private readonly bool _judgesPast;
    private long _newestUs = long.MinValue;

    /// <param name="former">Whose state it takes over; null for a device not met before.</param>
    /// <param name="keepsPast">False when the stored past has changed: windows and derivations then begin anew, and only where rules stand is taken over.</param>
    public DeviceDetection(
        DetectionPlan plan, DeviceFacts facts, TimeSeriesStore store, SeriesGroup group, Func<AlarmKey, LastingAlarm?> lasting, DeviceDetection? former,
        bool keepsPast = true)
    {
        Plan = plan;
        Facts = facts;
        _attributes = [.. Attributes(plan, facts)];
        var sameSlots = keepsPast && former is not null && ReferenceEquals(former.Plan.Product, plan.Product) && !plan.Product.Decoder.IsOpen;
        Windows = plan.Tables.Windows.Requests.Count == 0 ? null : new WindowSet(plan.Tables.Windows, sameSlots ? former!.Windows : null);
        if (sameSlots && Windows is { WantsWarmUp: true })
        {
            // The new rules bring windows of their own: all are filled from the store then.
            sameSlots = false;
            Windows = new WindowSet(plan.Tables.Windows);
        }

        _derivations = [.. plan.Derivations.Select((d, i) => sameSlots && former!._derivations.Length > i ? former._derivations[i] : d.Derivation.NewState())];
        _models = [.. plan.Tables.Models];
        IsFresh = !sameSlots;
        _judgesPast = former is null;
        _inputs = new Value[plan.Derivations.Select(d => d.Inputs.Length).Concat(plan.Tables.Models.Select(m => m.Inputs.Length)).Append(0).Max()];
        _outputs = new Value[plan.Derivations.Select(d => d.Outputs.Length).Concat(plan.Tables.Models.Select(m => m.Outputs.Length)).Append(0).Max()];
        _rules = JudgedRules.Of(plan, facts, store, group, lasting);
        _states = new RuleState[_rules.Length];
        for (var i = 0; i < _rules.Length; i++)
            _states[i] = former?.StateFor(_rules[i]) ?? Restored(_rules[i], lasting);
        _idle = [.. _rules.Select(r => new IdleRule(r))];
        _busy = [.. _states.Select(s => !s.IsIdle)];
        _slotUs = new long[plan.Names.Length];
        _timed = [.. Enumerable.Range(0, _rules.Length).Where(i => _rules[i].Rule.Kind is RuleKind.Silence or RuleKind.Absence)];
    }

    public DetectionPlan Plan { get; }

    public DeviceFacts Facts { get; }

    public WindowSet? Windows { get; }

    /// <summary>Whether nothing of the past is known yet; <see cref="WarmUp"/> mends it.</summary>
    public bool IsFresh { get; private set; }

    /// <summary>Whether the clock has to be looked at for this device.</summary>
    public bool HasTimers => _timed.Length > 0;

    /// <summary>Whether something was counted that the alarms have not been told.</summary>
    public bool IsUnreported { get; private set; }

    /// <summary>Makes the frame ready for the device's next reading.</summary>
    public void Begin(DetectionFrame frame) => frame.Begin(Plan.Names.Length, _attributes);

    /// <summary>Puts the derived metrics of the reading in the frame, and what models say of it.</summary>
    public void Derive(long timeUs, DetectionFrame frame)
    {
        for (var i = 0; i < _derivations.Length; i++)
        {
            var bound = Plan.Derivations[i];
            var inputs = Gather(bound.Inputs, frame);
            var outputs = _outputs.AsSpan(0, bound.Outputs.Length);
            outputs.Clear();
            _derivations[i].Derive(timeUs, inputs, outputs);
            for (var o = 0; o < outputs.Length; o++)
                frame.Set(bound.Outputs[o], outputs[o]);
        }
    }

    /// <summary>Takes the reading into the windows and lets every rule judge it.</summary>
    public void Judge(in Occasion at, DetectionFrame frame, AlarmWriter alarms)
    {
        Predict(frame);
        // Too late even for the windows: it is stored, and decides nothing any more.
        if (Windows is not null && !Windows.Observe(at.TimeUs, frame.Slots))
            return;
        Run(new Judgement(Plan, Facts, at, frame, Windows, alarms));
    }

    /// <summary>Takes a reading of the past into windows and states, and raises nothing. An alarm that lasts goes on lasting.</summary>
    /// <param name="judges">False leaves the states as they are.</param>
    public void Recall(in Occasion at, DetectionFrame frame, bool judges = true)
    {
        Predict(frame);
        if ((Windows is null || Windows.Observe(at.TimeUs, frame.Slots)) && judges)
            Run(new Judgement(Plan, Facts, at, frame, Windows, null));
    }

    /// <summary>Looks at the clock: silences and absences that have run out.</summary>
    /// <param name="nowUs">Up to when everything received has been judged, by the receive clock.</param>
    /// <param name="lastSeenUs">When silence begins to count: when the device's newest message was received, or the device was enabled after it.</param>
    public void Tick(long nowUs, long lastSeenUs, DetectionFrame frame, AlarmWriter alarms)
    {
        foreach (var i in _timed)
        {
            var judged = _rules[i];
            ref var state = ref _states[i];
            if (judged.Rule.Kind == RuleKind.Silence)
            {
                var endUs = lastSeenUs + judged.Rule.SilenceUs;
                if (lastSeenUs > 0 && nowUs >= endUs && state.Lasting is null && judged.Condition.Enabled)
                    Now(endUs).Raise(judged, ref state, lastSeenUs);
            }
            else if (state.SinceUs != RuleState.Never && nowUs - state.SinceReceivedUs > judged.Rule.WithinUs)
            {
                var reading = Now(state.SinceUs + judged.Rule.WithinUs);
                reading.Miss(judged, ref state);
            }

            _busy[i] = !state.IsIdle;
        }

        Judgement Now(long us)
        {
            Begin(frame);
            return new Judgement(Plan, Facts, new Occasion(us, -1, nowUs), frame, Windows, alarms);
        }
    }

    /// <summary>Tells what was counted and not told yet: before a checkpoint, so that a restart goes on counting where it stopped.</summary>
    public void Report(AlarmWriter alarms, long receivedUs)
    {
        IsUnreported = false;
        for (var i = 0; i < _states.Length; i++)
        {
            if (_states[i].Lasting is { IsUnreported: true } lasting)
                alarms.Add(lasting.Report(_rules[i].Key, receivedUs));
        }
    }

    /// <summary>Ends what no rule of the new plan looks at any more, and leaves groups the device is no longer in.</summary>
    public void Leave(DeviceDetection? successor, in Occasion at, AlarmWriter alarms)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            var judged = _rules[i];
            if (judged.Group is { } group)
            {
                if (successor is null || !Array.Exists(successor._rules, r => r.Group == group))
                    group.Remove(Facts.DeviceId);
                continue;
            }

            if (_states[i].Lasting is { } lasting && (successor is null || !Array.Exists(successor._rules, r => r.Key == judged.Key)))
                alarms.Add(lasting.End(judged.Key, at, successor is null ? "device-removed" : "rule-changed"));
        }
    }

    /// <summary>Takes up what the store knows of the last while: windows, derivations, and conditions that were holding.</summary>
    public void WarmUp(TimeSeriesStore store, SeriesGroup group, DetectionFrame frame)
    {
        IsFresh = false;
        var newest = new List<NewestValue>();
        group.CopyNewest(newest);
        if (newest.Count == 0)
            return;
        var newestUs = newest.Max(n => n.TimeUs);
        IEnumerable<TimeSpan> windows = Windows is null ? [] : Plan.Tables.Windows.HistoryBySlot().Values;
        var derived = Plan.Derivations.Select(d => d.Derivation.History).Append(TimeSpan.Zero).Max();
        var reach = windows.Append(derived).Append(Plan.Reach).Max();
        if (reach == TimeSpan.Zero)
            return;
        using var readings = new PastReadings(store, group, Series());
        var chunkUs = Us(reach) + 1;
        for (var atUs = newestUs - Us(reach); atUs <= newestUs;)
        {
            var endUs = Math.Min(newestUs + 1, atUs + chunkUs);
            if (!readings.TryLoad(atUs, endUs) && chunkUs > 1)
            {
                chunkUs /= 2;
                continue;
            }

            while (readings.NextUs is var timeUs and < long.MaxValue)
            {
                Begin(frame);
                readings.Take(frame);
                if (timeUs > newestUs - Us(derived))
                    Remember(timeUs, frame);
                Recall(new Occasion(timeUs, -1, timeUs), frame, judges: _judgesPast && timeUs >= newestUs - Us(Plan.Reach));
            }

            atUs = endUs;
        }
    }

    /// <summary>The metrics whose past a plan looks at, with their slots.</summary>
    public IEnumerable<(string Name, int Slot)> Series() =>
        Plan.Names.Select((name, slot) => (name, slot)).Where(n => !RuleTables.IsAttribute(n.name));

    private static long Us(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static IEnumerable<(int Slot, Value Value)> Attributes(DetectionPlan plan, DeviceFacts facts)
    {
        for (var slot = 0; slot < plan.Names.Length; slot++)
        {
            var value = plan.Names[slot] switch
            {
                RuleTables.Site => facts.Site,
                RuleTables.Customer => facts.Customer,
                RuleTables.Hub => facts.Hub,
                RuleTables.ProductName => plan.Product.Id,
                RuleTables.DeviceName => facts.DeviceId,
                var name when name.StartsWith(RuleTables.TagPrefix, StringComparison.Ordinal) => facts.Tags.GetValueOrDefault(name[RuleTables.TagPrefix.Length..]),
                _ => null,
            };
            if (value is not null)
                yield return (slot, Value.Of(value));
        }
    }

    private static RuleState Restored(JudgedRule judged, Func<AlarmKey, LastingAlarm?> lasting) =>
        new() { Lasting = judged.Group is null && lasting(judged.Key) is { } alarm ? new LastingCondition(alarm) : null };

    /// <summary>The state a rule had here: whole when it is the same rule, else only that its alarm lasts.</summary>
    private RuleState? StateFor(JudgedRule judged)
    {
        var i = Array.FindIndex(_rules, r => r.Key == judged.Key);
        if (i < 0 || judged.Group is not null)
            return null;
        return _rules[i].SaysTheSameAs(judged) ? _states[i] : new RuleState { Lasting = _states[i].Lasting };
    }

    private void Run(in Judgement reading)
    {
        var frame = reading.Frame();
        var timeUs = reading.At.TimeUs;
        var isNewest = timeUs >= _newestUs;
        for (var i = 0; i < _rules.Length; i++)
        {
            // Nearly all rules are idle on nearly all readings: then neither their state nor anything else of theirs is touched.
            if (!_busy[i] && _idle[i].IsQuiet(in frame))
                continue;
            var judged = _rules[i];
            var mentioned = judged.Mentioned;
            if (!mentioned.IsEmpty && !mentioned.Meets(reading.Present))
                continue;
            // An earlier reading is in the windows, but decides nothing where a newer one has.
            if (!isNewest && timeUs < mentioned.Newest(_slotUs))
                continue;
            if (judged.Group is { } group)
            {
                group.Judge(reading, judged);
                continue;
            }

            ref var state = ref _states[i];
            reading.Judge(judged, ref state);
            _busy[i] = !state.IsIdle;
            IsUnreported |= state.Lasting is { IsUnreported: true };
        }

        _newestUs = Math.Max(_newestUs, timeUs);
        Stamp(reading.Present, timeUs);
    }

    /// <summary>Remembers how new each metric is that the reading has.</summary>
    private void Stamp(ReadOnlySpan<ulong> present, long timeUs)
    {
        for (var word = 0; word < present.Length; word++)
        {
            for (var bits = present[word]; bits != 0; bits &= bits - 1)
            {
                ref var slotUs = ref _slotUs[(word * 64) + System.Numerics.BitOperations.TrailingZeroCount(bits)];
                slotUs = Math.Max(slotUs, timeUs);
            }
        }
    }

    private ReadOnlySpan<Value> Gather(int[] slots, DetectionFrame frame)
    {
        var values = _inputs.AsSpan(0, slots.Length);
        for (var i = 0; i < slots.Length; i++)
            values[i] = frame[slots[i]];
        return values;
    }

    private void Remember(long timeUs, DetectionFrame frame)
    {
        for (var i = 0; i < _derivations.Length; i++)
        {
            var bound = Plan.Derivations[i];
            var outputs = _outputs.AsSpan(0, bound.Outputs.Length);
            for (var o = 0; o < outputs.Length; o++)
                outputs[o] = frame[bound.Outputs[o]];
            _derivations[i].Remember(timeUs, Gather(bound.Inputs, frame), outputs);
        }
    }

    private void Predict(DetectionFrame frame)
    {
        foreach (var bound in _models)
        {
            var inputs = _inputs.AsSpan(0, bound.Inputs.Length);
            var outputs = _outputs.AsSpan(0, bound.Outputs.Length);
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = bound.Inputs[i] < 0 ? default : frame[bound.Inputs[i]];
            outputs.Clear();
            bound.Model.Predict(inputs, outputs);
            for (var o = 0; o < outputs.Length; o++)
                frame.Set(bound.Outputs[o], outputs[o]);
        }
    }
}
