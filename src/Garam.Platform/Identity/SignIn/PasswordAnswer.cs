namespace Garam.Platform.Identity.SignIn;

/// <summary>What became of a person's change of their own password.</summary>
/// <param name="Outcome">Whether it is done.</param>
/// <param name="Detail">Why not, for a person who reads English; empty when it is done.</param>
/// <param name="RetryAfter">Set when there were too many attempts: when to come back.</param>
public sealed record PasswordAnswer(PasswordOutcome Outcome, string Detail = "", TimeSpan? RetryAfter = null);
