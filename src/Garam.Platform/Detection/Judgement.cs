using Garam.Expressions;
using Garam.Expressions.Windows;
using Garam.Platform.Alarms;
using Garam.Platform.Rules;

namespace Garam.Platform.Detection;

/// <summary>
/// One reading under judgement: moves the states of rules and says what came of it.
/// </summary>
/// <remarks>
/// 1. A condition that holds is believed. One that does not is believed only when nothing was missing that it reads directly: a reading
///    that lacks a metric neither ends an alarm nor interrupts a <c>for</c>.
/// 2. While an alarm of a rule lasts, readings are counted; there is no second one.
/// 3. A message that the log gives again after a restart changes nothing: its position tells.
/// </remarks>
internal readonly ref struct Judgement(
    DetectionPlan plan, DeviceFacts facts, Occasion at, DetectionFrame frame, WindowSet? windows, AlarmWriter? alarms, ReadOnlySpan<double> peers = default)
{
    private readonly Occasion _at = at;
    private readonly AlarmWriter? _alarms = alarms;
    private readonly ReadOnlySpan<double> _peers = peers;

    public Occasion At => _at;

    /// <summary>Judges nothing for real: states of the past are taken up again without an alarm.</summary>
    public bool IsSilent => _alarms is null;

    public EvaluationFrame Frame() => new(frame.Slots, _at.TimeUs, windows, _peers);

    /// <summary>The same with the counts of a group.</summary>
    public Judgement WithPeers(ReadOnlySpan<double> counts) => new(plan, facts, _at, frame, windows, _alarms, counts);

    public ReadOnlySpan<ulong> Present => frame.Present;

    public double ValueOf(CompiledCondition condition) => condition.Value?.Number(Frame()) ?? double.NaN;

    public DeviceFacts Facts => facts;

    public void Judge(JudgedRule judged, ref RuleState state)
    {
        // A reading from before the alarm must not end it.
        if (IsSilent && state.Lasting is not null)
            return;
        switch (judged.Rule.Kind)
        {
            case RuleKind.Condition:
                Condition(judged, ref state, judged.Condition.When!.Holds(Frame()));
                break;
            case RuleKind.Sequence:
                Sequence(judged, ref state);
                break;
            case RuleKind.Absence:
                Absence(judged, ref state);
                break;
            case RuleKind.Silence:
                // Any reading ends a silence; that it has begun only the clock can tell.
                End(judged, ref state, null);
                break;
            case RuleKind.Seasonal:
                Condition(judged, ref state, judged.Seasonal!.Differs(_at.TimeUs, ValueOf(judged.Condition)));
                break;
        }
    }

    /// <summary>A condition that holds or does not.</summary>
    public void Condition(JudgedRule judged, ref RuleState state, bool holds)
    {
        var condition = judged.Condition;
        if (state.Lasting is not null)
        {
            Last(judged, ref state, holds);
            return;
        }

        if (!holds)
        {
            if (condition.Required.IsWithin(Present))
                state.SinceUs = RuleState.Never;
            return;
        }

        if (state.SinceUs == RuleState.Never)
            state.SinceUs = _at.TimeUs;
        if (_at.TimeUs - state.SinceUs >= condition.ForUs)
            Raise(judged, ref state, state.SinceUs);
    }

    private void Last(JudgedRule judged, ref RuleState state, bool holds)
    {
        var lasting = state.Lasting!;
        if (_at.Position >= 0 && _at.Position < lasting.RaisedPosition)
            return;
        var condition = judged.Condition;
        var over = condition.Clear is { } clear ? clear.Holds(Frame()) : !holds && condition.Required.IsWithin(Present);
        if (over)
            End(judged, ref state, null);
        else if (holds)
            Count(judged, lasting);
    }

    private void Count(JudgedRule judged, LastingCondition lasting)
    {
        if (lasting.Add(_at, ValueOf(judged.Condition), judged.Condition.LowerIsWorse))
            _alarms?.Add(lasting.Report(judged.Key, _at.ReceivedUs));
    }

    private void Sequence(JudgedRule judged, ref RuleState state)
    {
        var steps = judged.Rule.Sequence;
        if (state.Step > 0 && _at.TimeUs - state.SinceUs > judged.Rule.WithinUs)
            state.Step = 0;
        if (steps[state.Step].Program.Holds(Frame()))
        {
            state.Step++;
            state.SinceUs = _at.TimeUs;
        }
        else if (state.Step == 1 && steps[0].Program.Holds(Frame()))
        {
            // The first step once more: the time runs from the newest.
            state.SinceUs = _at.TimeUs;
        }

        if (state.Step == steps.Count)
        {
            state.Step = 0;
            if (state.Lasting is { } lasting)
                Count(judged, lasting);
            else
                Raise(judged, ref state, _at.TimeUs);
        }
        else if (state.Lasting is { } lasting && (judged.Condition.Clear?.Holds(Frame()) ?? _at.TimeUs - lasting.LastUs > judged.Rule.WithinUs))
        {
            End(judged, ref state, null);
        }
    }

    private void Absence(JudgedRule judged, ref RuleState state)
    {
        var rule = judged.Rule;
        if (state.SinceUs != RuleState.Never && _at.TimeUs - state.SinceUs > rule.WithinUs)
            Miss(judged, ref state);
        if (rule.Absent!.Program.Holds(Frame()))
        {
            state.SinceUs = RuleState.Never;
            End(judged, ref state, null);
        }
        else if (state.SinceUs == RuleState.Never && state.Lasting is null && rule.After!.Program.Holds(Frame()))
        {
            state.SinceUs = _at.TimeUs;
            state.SinceReceivedUs = _at.ReceivedUs;
        }
    }

    /// <summary>What should have come has not.</summary>
    public void Miss(JudgedRule judged, ref RuleState state)
    {
        var since = state.SinceUs;
        state.SinceUs = RuleState.Never;
        if (state.Lasting is null)
            Raise(judged, ref state, since);
    }

    public void Raise(JudgedRule judged, ref RuleState state, long sinceUs, IReadOnlyList<string>? devices = null)
    {
        // While the past is taken up again nothing is raised: what still holds is raised by the next reading.
        if (_alarms is null)
            return;
        state.SinceUs = RuleState.Never;
        var value = ValueOf(judged.Condition);
        state.Lasting = new LastingCondition(_at.Position, _at.TimeUs, value, _at.ReceivedUs);
        _alarms.Add(_alarms.Composer.Raise(plan, facts, judged, _at, frame, Frame(), sinceUs, value, devices ?? []));
    }

    public void End(JudgedRule judged, ref RuleState state, string? reason)
    {
        if (state.Lasting is not { } lasting || (_at.Position >= 0 && _at.Position < lasting.RaisedPosition))
            return;
        state.Lasting = null;
        state.SinceUs = RuleState.Never;
        _alarms?.Add(lasting.End(judged.Key, _at, reason));
    }
}
