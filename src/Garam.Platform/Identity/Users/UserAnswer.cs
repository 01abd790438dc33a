namespace Garam.Platform.Identity.Users;

/// <summary>What became of a change of a user, and why.</summary>
/// <param name="Detail">For a person who reads English; empty when it is done.</param>
/// <param name="IsNew">Whether the user was added by it.</param>
public sealed record UserAnswer(UserOutcome Outcome, string Detail = "", bool IsNew = false)
{
    public bool IsDone => Outcome == UserOutcome.Done;
}
