using Garam.Platform.Identity.Tokens;

namespace Garam.Platform.Identity.Users;

/// <summary>A user and the API tokens that are theirs, as they are until the next change of either; disposed by it.</summary>
public sealed class UserEntry : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    internal UserEntry(User user, IReadOnlyList<ApiToken> tokens)
    {
        User = user;
        Tokens = tokens;
        Ended = _ended.Token;
    }

    public User User { get; }

    public IReadOnlyList<ApiToken> Tokens { get; }

    /// <summary>Fires when the user or one of the tokens changes: who holds a stream open asks again.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Tells those who listen, then lets them go.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    internal bool IsSameAs(User user, IReadOnlyList<ApiToken> tokens) => User == user && Tokens.SequenceEqual(tokens);
}
