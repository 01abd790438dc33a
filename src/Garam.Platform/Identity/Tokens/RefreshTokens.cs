using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.Users;
using Garam.Platform.Rest;
using Garam.Platform.Sql;

namespace Garam.Platform.Identity.Tokens;

/// <summary>
/// Refresh tokens: each is good once and gives the next of its family. One that comes a second time was copied by somebody, and nobody can
/// tell who of the two is the thief: the whole family ends.
/// </summary>
/// <remarks>Thread-safe: each step is one SQL transaction, also between nodes. Only hashes are stored.</remarks>
public sealed class RefreshTokens
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>A user's oldest go beyond it.</summary>
    private const int PerUserMax = 500;

    private const int TokenBytes = 32;
    private const int CharactersMax = 128;

    private readonly Database _database;
    private readonly UserDirectory _users;
    private readonly AuditTrail _audit;
    private readonly TimeProvider _time;

    internal RefreshTokens(Database database, UserDirectory users, AuditTrail audit, TimeProvider time)
    {
        _database = database;
        _users = users;
        _audit = audit;
        _time = time;
    }

    /// <summary>The first of a new family; shown this once.</summary>
    public string Issue(User user)
    {
        using var connection = _database.Connect();
        using var transaction = connection.BeginTransaction();
        var token = Insert(connection, transaction, user, Guid.NewGuid().ToString("N"));
        connection.Execute(
            """
            DELETE FROM refresh_tokens WHERE user_name = @Name AND expires_us <
              (SELECT expires_us FROM refresh_tokens WHERE user_name = @Name ORDER BY expires_us DESC LIMIT 1 OFFSET @PerUserMax)
            """,
            new { user.Name, PerUserMax }, transaction);
        transaction.Commit();
        return token;
    }

    /// <summary>Uses a token up.</summary>
    /// <returns>Whose it was, and the next one; null when it is unknown, used, expired, or of a user whose rights or password have changed.</returns>
    public (User User, string Next)? Rotate(string? token)
    {
        if (token is null or { Length: > CharactersMax })
            return null;
        using var connection = _database.Connect();
        using var transaction = connection.BeginTransaction();
        var row = connection.QuerySingleOrDefault<Row>(
            "SELECT hash AS Hash, family AS Family, user_name AS UserName, stamp AS Stamp, expires_us AS ExpiresUs, used_us AS UsedUs FROM refresh_tokens WHERE hash = @hash",
            new { hash = HashOf(token) }, transaction);
        if (row is null || row.ExpiresUs <= NowUs())
            return null;
        var user = _users.TryGet(row.UserName, out var entry) && !entry.User.Disabled && entry.User.Stamp == row.Stamp ? entry.User : null;
        if (row.UsedUs is not null || user is null)
        {
            connection.Execute("DELETE FROM refresh_tokens WHERE family = @Family", new { row.Family }, transaction);
            transaction.Commit();
            if (row.UsedUs is not null)
                _audit.Record(row.UserName, null, "token.reuse", row.UserName, "a refresh token came twice; its family has ended");
            return null;
        }

        connection.Execute("UPDATE refresh_tokens SET used_us = @now WHERE hash = @Hash", new { now = NowUs(), row.Hash }, transaction);
        var next = Insert(connection, transaction, user, row.Family);
        transaction.Commit();
        return (user, next);
    }

    /// <summary>Ends the token's whole family.</summary>
    public void Revoke(string? token)
    {
        if (token is null or { Length: > CharactersMax })
            return;
        using var connection = _database.Connect();
        connection.Execute(
            "DELETE FROM refresh_tokens WHERE family IN (SELECT family FROM refresh_tokens WHERE hash = @hash)", new { hash = HashOf(token) });
    }

    /// <summary>Removes what is over; returns how many went.</summary>
    internal int Expire()
    {
        using var connection = _database.Connect();
        return connection.Execute("DELETE FROM refresh_tokens WHERE expires_us <= @now", new { now = NowUs() });
    }

    private string Insert(DbConnection connection, DbTransaction transaction, User user, string family)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        connection.Execute(
            "INSERT INTO refresh_tokens (hash, family, user_name, stamp, expires_us) VALUES (@hash, @family, @Name, @Stamp, @expires)",
            new { hash = HashOf(token), family, user.Name, user.Stamp, expires = NowUs() + (Lifetime.Ticks / 10) }, transaction);
        return token;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(AccessGuard.Hash(token));

    private long NowUs() => TimeParameter.ToUs(_time.GetUtcNow());

    private sealed class Row
    {
        public string Hash { get; init; } = "";
        public string Family { get; init; } = "";
        public string UserName { get; init; } = "";
        public string Stamp { get; init; } = "";
        public long ExpiresUs { get; init; }
        public long? UsedUs { get; init; }
    }
}
