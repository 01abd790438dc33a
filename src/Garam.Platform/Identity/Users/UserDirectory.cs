using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Garam.Platform.Identity.Tokens;
using Garam.Platform.Rest;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Identity.Users;

/// <summary>
/// Every user and API token, held in memory and written through to SQL, so that a request asks no database who it comes from.
/// </summary>
/// <remarks>
/// Thread-safe: readers see one immutable snapshot, writers take turns. A change made here counts when the call returns; one made by
/// another process (the command line) within a second.
/// </remarks>
public sealed class UserDirectory : IDisposable
{
    /// <summary>All are in memory, about 1 KB each.</summary>
    public const int UsersMax = 20_000;

    public const int TokensPerUserMax = 100;

    private const int StampBytes = 16;

    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private readonly UserStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer? _looking;
    private readonly Lock _writing = new();
    private readonly List<UserEntry> _ending = [];
    private Snapshot _snapshot = Snapshot.Empty;

    internal UserDirectory(UserStore store, TimeProvider time, ILogger logger, bool watch)
    {
        _store = store;
        _time = time;
        _logger = logger;
        Reload();
        if (watch)
            _looking = time.CreateTimer(_ => Look(), null, LookPeriod, LookPeriod);
    }

    /// <summary>A user or one of their tokens has changed or gone: what they hold open must be asked again.</summary>
    public event Action<string>? Changed;

    public bool IsEmpty => Volatile.Read(ref _snapshot).Users.IsEmpty;

    /// <summary>In order of their names.</summary>
    public IReadOnlyList<User> All => [.. Volatile.Read(ref _snapshot).Users.Values.Select(e => e.User).OrderBy(u => u.Name, StringComparer.Ordinal)];

    public bool TryGet(string name, [NotNullWhen(true)] out UserEntry? entry) => Volatile.Read(ref _snapshot).Users.TryGetValue(name, out entry);

    /// <summary>The token of this hash (lower case hex) and its user, whatever their state.</summary>
    internal bool TryGetToken(string hash, out (UserEntry Owner, ApiToken Token) found) => Volatile.Read(ref _snapshot).Tokens.TryGetValue(hash, out found);

    /// <summary>A new random stamp.</summary>
    internal static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(StampBytes));

    /// <summary>Adds a user; name, role and hash have been checked.</summary>
    public UserOutcome Add(string name, string? displayName, string passwordHash, Role role, string? customerId, string? language)
    {
        return Write(() =>
        {
            if (_snapshot.Users.Count >= UsersMax)
                return UserOutcome.Full;
            var now = NowUs();
            if (!_store.TryInsert(new User(name, displayName, passwordHash, role, customerId, language, false, NewStamp(), now, now)))
                return UserOutcome.Taken;
            Reload();
            return UserOutcome.Done;
        });
    }

    /// <summary>Changes a user. When role, customer, password or the disabled flag change, every session and refresh token of theirs ends.</summary>
    public UserOutcome Change(string name, Func<User, User> change)
    {
        return Write(() =>
        {
            if (!_snapshot.Users.TryGetValue(name, out var entry))
                return UserOutcome.Unknown;
            var old = entry.User;
            var changed = change(old) with { Name = old.Name, CreatedUs = old.CreatedUs, UpdatedUs = NowUs() };
            if (!changed.IsFullAdministrator && IsLastAdministrator(old))
                return UserOutcome.LastAdministrator;
            var endsSessions = changed.Role != old.Role || changed.CustomerId != old.CustomerId || changed.PasswordHash != old.PasswordHash
                || changed.Disabled != old.Disabled;
            _store.Update(changed with { Stamp = endsSessions ? NewStamp() : old.Stamp });
            Reload();
            return UserOutcome.Done;
        });
    }

    /// <summary>Keeps a password's hash of newer strength; the password is the same, so nobody is signed out.</summary>
    internal void Rehash(User seen, string hash)
    {
        Write(() =>
        {
            if (!_snapshot.Users.TryGetValue(seen.Name, out var entry) || entry.User.PasswordHash != seen.PasswordHash)
                return UserOutcome.Unknown;
            _store.Update(entry.User with { PasswordHash = hash });
            Reload();
            return UserOutcome.Done;
        });
    }

    /// <summary>Ends every session and refresh token of a user. API tokens stay.</summary>
    public UserOutcome EndSessions(string name)
    {
        return Write(() =>
        {
            if (!_snapshot.Users.TryGetValue(name, out var entry))
                return UserOutcome.Unknown;
            _store.Update(entry.User with { Stamp = NewStamp() });
            Reload();
            return UserOutcome.Done;
        });
    }

    /// <summary>Removes a user with all tokens.</summary>
    public UserOutcome Remove(string name)
    {
        return Write(() =>
        {
            if (!_snapshot.Users.TryGetValue(name, out var entry))
                return UserOutcome.Unknown;
            if (IsLastAdministrator(entry.User))
                return UserOutcome.LastAdministrator;
            _store.Delete(name);
            Reload();
            return UserOutcome.Done;
        });
    }

    internal UserOutcome Add(ApiToken token)
    {
        return Write(() =>
        {
            if (!_snapshot.Users.TryGetValue(token.UserName, out var entry))
                return UserOutcome.Unknown;
            if (entry.Tokens.Count >= TokensPerUserMax)
                return UserOutcome.Full;
            _store.Insert(token);
            Reload();
            return UserOutcome.Done;
        });
    }

    internal bool RemoveToken(string user, string id)
    {
        return Write(() =>
        {
            if (!_store.DeleteToken(user, id))
                return false;
            Reload();
            return true;
        });
    }

    /// <summary>Takes over what another process has changed, if anything.</summary>
    internal void Refresh()
    {
        if (_store.Revision() == Volatile.Read(ref _snapshot).Revision)
            return;
        Write(() =>
        {
            Reload();
            return UserOutcome.Done;
        });
    }

    public void Dispose() => _looking?.Dispose();

    private bool IsLastAdministrator(User user) =>
        user.IsFullAdministrator && !_snapshot.Users.Values.Any(e => e.User.IsFullAdministrator && e.User.Name != user.Name);

    private void Reload()
    {
        var (revision, users, tokens) = _store.Load();
        var byUser = tokens.ToLookup(t => t.UserName, StringComparer.Ordinal);
        var before = _snapshot.Users;
        var after = users.ToImmutableDictionary(
            u => u.Name,
            u => byUser[u.Name].ToList() is var own && before.TryGetValue(u.Name, out var entry) && entry.IsSameAs(u, own) ? entry : new UserEntry(u, own),
            StringComparer.Ordinal);
        Volatile.Write(ref _snapshot, new Snapshot(
            revision, after,
            after.Values.SelectMany(e => e.Tokens.Select(t => (Owner: e, Token: t))).ToImmutableDictionary(t => t.Token.Hash, StringComparer.Ordinal)));
        foreach (var (name, entry) in before)
        {
            if (after.TryGetValue(name, out var now) && ReferenceEquals(now, entry))
                continue;
            _ending.Add(entry);
        }
    }

    /// <summary>What has changed is told after the lock is left: those who listen close connections.</summary>
    private T Write<T>(Func<T> change)
    {
        T outcome;
        List<UserEntry> ending;
        lock (_writing)
        {
            // What the command line has changed since the last look counts too.
            if (_store.Revision() != _snapshot.Revision)
                Reload();
            outcome = change();
            ending = [.. _ending];
            _ending.Clear();
        }

        foreach (var entry in ending)
        {
            entry.Dispose();
            Changed?.Invoke(entry.User.Name);
        }

        return outcome;
    }

    private void Look()
    {
        try
        {
            Refresh();
        }
        catch (Exception e)
        {
            // Supervised: looked again in a second; until then what is known counts.
            _logger.LogError(e, "Changes of users by other processes cannot be read");
        }
    }

    private long NowUs() => TimeParameter.ToUs(_time.GetUtcNow());

    private sealed record Snapshot(
        long Revision, ImmutableDictionary<string, UserEntry> Users, ImmutableDictionary<string, (UserEntry Owner, ApiToken Token)> Tokens)
    {
        public static readonly Snapshot Empty = new(
            -1, ImmutableDictionary.Create<string, UserEntry>(StringComparer.Ordinal),
            ImmutableDictionary.Create<string, (UserEntry, ApiToken)>(StringComparer.Ordinal));
    }
}
