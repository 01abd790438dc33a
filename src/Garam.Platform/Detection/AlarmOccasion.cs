using Garam.Expressions;
using Garam.Platform.Alarms;

namespace Garam.Platform.Detection;

/// <summary>The reading that raises an alarm, for those who write about it.</summary>
/// <param name="Metrics">The reading's metrics, derived ones included.</param>
/// <param name="Message">The rule's own message, when it has one.</param>
public sealed record AlarmOccasion(
    string DeviceId, string? Title, string RuleId, Severity Severity, long EventUs, IReadOnlyList<AlarmReading> Metrics, AlarmTexts Message)
{
    /// <summary>A metric's value; missing when the reading has none of that name.</summary>
    public Value this[string metric]
    {
        get
        {
            foreach (var reading in Metrics)
            {
                if (reading.Metric == metric)
                    return reading.Value;
            }

            return default;
        }
    }
}
