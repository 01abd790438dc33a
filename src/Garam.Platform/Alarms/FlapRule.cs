namespace Garam.Platform.Alarms;

/// <summary>When an alarm that comes and goes is a flapping one.</summary>
/// <param name="Raises">So many raises of one key …</param>
/// <param name="WindowUs">… within this time of the platform's clock, microseconds; quiet for as long ends it.</param>
internal sealed record FlapRule(int Raises, long WindowUs);
