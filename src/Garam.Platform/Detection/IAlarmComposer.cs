namespace Garam.Platform.Detection;

/// <summary>A pack's code that writes an alarm's texts, where a rule says <c>texts: NAME</c> because templates cannot: lines that depend on what is wrong.</summary>
public interface IAlarmComposer
{
    /// <summary>The name rules use.</summary>
    string Name { get; }

    /// <summary>Called once when the alarm is raised. Deterministic.</summary>
    ComposedAlarm Compose(AlarmOccasion occasion);
}
