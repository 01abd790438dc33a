using Garam.Platform.Alarms;

namespace Garam.Platform.Detection;

/// <summary>What a composer says of an alarm.</summary>
/// <param name="Kind">For instance <c>TEMPERATURE_CRITICAL</c>.</param>
public sealed record ComposedAlarm(string Kind, AlarmTexts Texts);
