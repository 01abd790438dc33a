using Garam.Expressions;
using Garam.Expressions.Templates;
using Garam.Platform.Alarms;
using Garam.Platform.Rules;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Detection;

/// <summary>Writes what an alarm says when it is raised: message, advice, the reading. Thread-safe.</summary>
internal sealed class RaiseComposer(PackCode code, ILogger logger)
{
    private const int DevicesMax = 100;

    public AlarmRaise Raise(
        DetectionPlan plan, DeviceFacts facts, JudgedRule judged, in Occasion at, DetectionFrame frame, in EvaluationFrame values, long sinceUs,
        double value, IReadOnlyList<string> devices)
    {
        var rule = judged.Rule;
        var condition = judged.Condition;
        var snapshot = Snapshot(plan, frame);
        var texts = Texts(rule, condition, values);
        var composed = new ComposedAlarm(rule.Definition.Id, texts);
        if (rule.Definition.Texts is { } name && code.Composers.FirstOrDefault(c => c.Name == name) is { } composer)
            composed = Compose(composer, new AlarmOccasion(facts.DeviceId, facts.Title, rule.Definition.Id, condition.Severity, at.TimeUs, snapshot, texts)) ?? composed;
        return new AlarmRaise(judged.Key, at.Position, at.TimeUs)
        {
            DeviceId = facts.DeviceId,
            ProductId = plan.Product.Id,
            RulesetVersion = rule.Version,
            SpecVersion = plan.Product.Spec.Version,
            Severity = condition.Severity,
            FollowUp = condition.FollowUp,
            Arm = judged.Arm,
            Kind = composed.Kind,
            Texts = composed.Texts,
            Form = rule.Definition.Texts,
            SinceUs = sinceUs,
            ReceivedUs = at.ReceivedUs,
            Value = value,
            ValueOf = condition.ValueOf,
            LowerIsWorse = condition.LowerIsWorse,
            Snapshot = snapshot,
            Devices = devices.Count <= DevicesMax ? devices : [.. devices.Take(DevicesMax)],
        };
    }

    private ComposedAlarm? Compose(IAlarmComposer composer, AlarmOccasion occasion)
    {
        try
        {
            return composer.Compose(occasion);
        }
        catch (Exception e)
        {
            // A defect in a pack's code must not cost the alarm: it is raised with the rule's own message.
            logger.LogError(e, "The texts {Name} failed on rule {Rule}", composer.Name, occasion.RuleId);
            return null;
        }
    }

    private static AlarmTexts Texts(CompiledRule rule, CompiledCondition condition, in EvaluationFrame values)
    {
        var en = Message(condition.MessageEn, values) ?? Message(condition.MessageKo, values) ?? rule.Definition.TitleEn ?? rule.Definition.Id;
        var ko = Message(condition.MessageKo, values) ?? rule.Definition.TitleKo ?? en;
        return new AlarmTexts(en, ko, rule.Definition.AdviceEn, rule.Definition.AdviceKo);
    }

    private static string? Message(CompiledMessage? message, in EvaluationFrame values) => message?.Render(values);

    private static List<AlarmReading> Snapshot(DetectionPlan plan, DetectionFrame frame)
    {
        var snapshot = new List<AlarmReading>();
        for (var slot = 0; slot < plan.Names.Length; slot++)
        {
            if (frame.Has(slot))
                snapshot.Add(new AlarmReading(plan.Names[slot], frame[slot]));
        }

        return snapshot;
    }
}
