namespace Garam.Platform.Rules.BackTest;

/// <summary>An alarm that was really raised in the range.</summary>
/// <param name="FirstUs">Event time of the raise.</param>
/// <param name="LastUs">Event time of the newest reading that met the condition.</param>
/// <param name="Verdict"><c>confirmed</c>, <c>dismissed</c>, or null while people said nothing of it.</param>
internal sealed record JudgedAlarm(string Rule, string Subject, long FirstUs, long LastUs, string? Verdict);
