using Garam.Expressions;
using Garam.Platform.Rules;

namespace Garam.Platform.Detection;

/// <summary>What it takes to see that a rule which remembers nothing has nothing to say of a reading. Laid out to be run through quickly.</summary>
internal readonly struct IdleRule
{
    private readonly CompiledExpression? _when;
    private readonly int _guardSlot;
    private readonly bool _guardIsAbove;
    private readonly double _guardLimit;

    public IdleRule(JudgedRule judged)
    {
        var condition = judged.Condition;
        _when = judged.Rule.Kind == RuleKind.Condition && judged.Group is null ? condition.When : null;
        _guardSlot = condition.GuardSlot;
        _guardIsAbove = condition.GuardIsAbove;
        _guardLimit = condition.GuardLimit;
    }

    /// <summary>Whether the condition does not hold; false also for rules that are not judged by a condition of one device.</summary>
    public bool IsQuiet(in EvaluationFrame frame)
    {
        if (_when is null)
            return false;
        if (_guardSlot >= 0)
        {
            // Missing is NaN, which no limit is met by.
            var value = frame.Slots[_guardSlot].Number;
            if (!(_guardIsAbove ? value >= _guardLimit : value <= _guardLimit))
                return true;
        }

        return !_when.Holds(in frame);
    }
}
