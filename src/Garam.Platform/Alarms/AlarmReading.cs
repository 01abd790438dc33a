using Garam.Expressions;

namespace Garam.Platform.Alarms;

/// <summary>One metric of the reading that raised an alarm.</summary>
public readonly record struct AlarmReading(string Metric, Value Value);
