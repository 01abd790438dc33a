using Garam.Decoding.Specs;
using Garam.Expressions;
using Garam.Expressions.Templates;
using Garam.Expressions.Windows;
using Garam.Platform.Alarms;
using Garam.Platform.Detection;

namespace Garam.Platform.Rules;

/// <summary>Binds one rule; what is wrong is told with the place in the file.</summary>
internal sealed class RuleBinder(
    string ruleset, int version, RuleDefinition rule, RuleTables tables, string file, List<SpecProblem> problems, List<SpecProblem> notes)
{
    private static readonly SlotMask Nothing = new([]);

    private readonly PeerPlan? _peers = rule.Across is null || rule.Sequence.Count > 0 ? null : new PeerPlan();
    private ModelBinding? _model;

    /// <summary>The rule bound, also when a message was added to the problems; null when nothing can be made of it.</summary>
    public CompiledRule? Bind(IModelCatalog? models)
    {
        if (rule.Model is { } name)
        {
            if (models?.Find(name) is not { } model)
                return Waiting(name);
            _model = tables.Add(model);
        }

        var found = problems.Count;
        var condition = Condition(rule.Condition);
        var overrides = rule.Overrides.Select(o => (o, Condition(Over(rule.Condition, o.Condition)))).ToList();
        var compiled = new CompiledRule(rule, ruleset, version, condition)
        {
            Kind = KindOf(rule),
            Overrides = overrides,
            Sequence = [.. rule.Sequence.Select(Step).OfType<CompiledStep>()],
            After = rule.After is null ? null : Step(rule.After),
            Absent = rule.Absent is null ? null : Step(rule.Absent),
            Peers = _peers,
        };
        if (rule.Seasonal is { } seasonal && tables.SlotOf(seasonal.Metric) < 0)
            problems.Add(new SpecProblem(file, rule.Line, 1, $"rule `{rule.Id}`: unknown metric `{seasonal.Metric}`", $"Name a metric of the product."));
        return problems.Count == found ? compiled : null;
    }

    private CompiledRule Waiting(string model)
    {
        notes.Add(new SpecProblem(file, rule.Line, 1, $"rule `{rule.Id}` waits: the model `{model}` is not installed", $"Install the model; the rule then judges by itself."));
        if (rule.Condition.When is { } when)
            Parse(when);
        var nothing = Condition(rule.Condition with { When = null, Clear = null, MessageEn = null, MessageKo = null, Enabled = false });
        return new CompiledRule(rule, ruleset, version, nothing) { IsWaiting = true };
    }

    private static RuleKind KindOf(RuleDefinition rule) =>
        rule.Sequence.Count > 0 ? RuleKind.Sequence
        : rule.After is not null ? RuleKind.Absence
        : rule.Silence is not null ? RuleKind.Silence
        : rule.Seasonal is not null ? RuleKind.Seasonal
        : RuleKind.Condition;

    /// <summary>An override's condition: what it does not say, the rule does. A <c>clear</c> or <c>hysteresis</c> belongs to the <c>when</c> it stands beside.</summary>
    private static RuleCondition Over(RuleCondition own, RuleCondition over) => new()
    {
        When = over.When ?? own.When,
        Clear = over.When is null ? over.Clear ?? own.Clear : over.Clear,
        Hysteresis = over.When is null ? over.Hysteresis ?? own.Hysteresis : over.Hysteresis ?? (over.Clear is null ? own.Hysteresis : null),
        For = over.For ?? own.For,
        Severity = over.Severity ?? own.Severity,
        MessageEn = over.MessageEn ?? own.MessageEn,
        MessageKo = over.MessageKo ?? own.MessageKo,
        Enabled = over.Enabled ?? own.Enabled,
    };

    private CompiledCondition Condition(RuleCondition source)
    {
        var when = source.When is { } text ? Parse(text) : null;
        var clear = source.Clear is { } clearing ? Parse(clearing) : source.Hysteresis is { } h && when is not null ? ClearBy(when, h, source.When!) : null;
        var severity = source.Severity ?? Severity.Medium;
        var compared = when?.FirstComparison();
        var value = rule.Value is { } shown ? Parse(shown) : compared?.Left;
        var seasonal = rule.Seasonal;
        if (seasonal is not null)
            value = Expression.Parse($"`{seasonal.Metric}`").Expression;
        // A model's output is no metric of the reading's own.
        var guard = _model is null ? when?.Guard() : null;
        return new CompiledCondition
        {
            GuardSlot = guard is null ? -1 : tables.SlotOf(guard.Name),
            GuardIsAbove = guard is { IsAbove: true },
            GuardLimit = guard?.Limit ?? 0,
            Enabled = source.Enabled ?? true,
            Severity = severity,
            FollowUp = rule.FollowUp ?? FollowUps.Of(severity),
            ForUs = (source.For ?? TimeSpan.Zero).Ticks / TimeSpan.TicksPerMicrosecond,
            When = when is null ? null : Bind(when, source.When!, ExpressionType.Boolean),
            Clear = clear is null ? null : Bind(clear, source.Clear ?? source.When!, ExpressionType.Boolean),
            Value = value is null ? null : BindValue(value),
            ValueOf = value is null ? null : seasonal?.Metric ?? rule.Value?.Text ?? compared?.Left.Text,
            LowerIsWorse = compared is { LowerIsWorse: true },
            MessageEn = Message(source.MessageEn),
            MessageKo = Message(source.MessageKo),
            Mentioned = seasonal is not null ? Mask([seasonal.Metric]) : Mask([.. when?.Names() ?? [], .. clear?.Names() ?? []]),
            Required = Mask(when?.RequiredNames() ?? []),
        };
    }

    private Expression? ClearBy(Expression when, double hysteresis, RuleText at)
    {
        if (when.WithHysteresis(hysteresis) is { } clear)
            return clear;
        problems.Add(new SpecProblem(file, at.Line, at.Column, $"rule `{rule.Id}`: hysteresis needs a condition of one comparison", $"Write `clear:` instead."));
        return null;
    }

    private CompiledStep? Step(RuleText text) =>
        Parse(text) is { } parsed && Bind(parsed, text, ExpressionType.Boolean) is { } program ? new CompiledStep(program, Mask(parsed.Names())) : null;

    private CompiledMessage? Message(RuleText? text)
    {
        if (text is null)
            return null;
        var parsed = MessageTemplate.Parse(text.Text);
        var bound = parsed.Template?.Bind(Scope(ExpressionType.Any));
        foreach (var error in parsed.Errors.Concat(bound?.Errors ?? []))
            Report(text, error);
        return bound?.Message;
    }

    /// <summary>What is shown must not stop the rule: a left side that is no number is left out.</summary>
    private CompiledExpression? BindValue(Expression value)
    {
        if (rule.Value is { } text)
            return Bind(value, text, ExpressionType.Number);
        return value.Bind(Scope(ExpressionType.Any)).Program is { Type: not (ExpressionType.Text or ExpressionType.Duration) } program ? program : null;
    }

    private Expression? Parse(RuleText text)
    {
        var parsed = Expression.Parse(text.Text);
        foreach (var error in parsed.Errors)
            Report(text, error);
        return parsed.Expression;
    }

    private CompiledExpression? Bind(Expression expression, RuleText text, ExpressionType expected)
    {
        var bound = expression.Bind(Scope(expected));
        foreach (var error in bound.Errors)
            Report(text, error);
        return bound.Program;
    }

    private ExpressionScope Scope(ExpressionType expected) => new(tables.Symbols)
    {
        Expected = expected,
        // Windows are kept by the names of the product; a model's outputs are not among them.
        Windows = _model is null ? tables.Windows : null,
        Aliases = _model?.Aliases,
        Peers = _peers,
    };

    private void Report(RuleText text, ExpressionError error)
    {
        var (line, column) = text.Place(error.Position);
        problems.Add(new SpecProblem(file, line, column, $"rule `{rule.Id}`: {error.Message}", error.Remedy));
    }

    /// <summary>The metrics among the names. A model's output stands for what the model reads.</summary>
    private SlotMask Mask(IReadOnlyCollection<string> names)
    {
        var slots = new List<int>();
        foreach (var name in names)
        {
            if (_model is not null && _model.Aliases.ContainsKey(name))
                slots.AddRange(_model.Inputs.Where(i => i >= 0));
            else if (!RuleTables.IsAttribute(name) && tables.SlotOf(name) is var slot and >= 0)
                slots.Add(slot);
        }

        return slots.Count == 0 ? Nothing : new SlotMask(slots);
    }
}
