using System.Data.Common;
using Dapper;
using Garam.Platform.Identity.Tokens;
using Garam.Platform.Sql;

namespace Garam.Platform.Identity.Users;

/// <summary>
/// The tables of users and of their API tokens. Every change raises a revision, by which a running node sees what another process (the
/// command line, another node) has changed.
/// </summary>
internal sealed class UserStore(Database database)
{
    private const string Columns = """
        name AS Name, display_name AS DisplayName, password_hash AS PasswordHash, role AS Role, customer_id AS CustomerId, language AS Language,
        disabled AS Disabled, stamp AS Stamp, created_us AS CreatedUs, updated_us AS UpdatedUs
        """;

    public long Revision()
    {
        using var connection = database.Connect();
        return connection.ExecuteScalar<long>("SELECT revision FROM identity_revision");
    }

    /// <summary>Everything, and the revision it was read at.</summary>
    public (long Revision, List<User> Users, List<ApiToken> Tokens) Load()
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        var revision = connection.ExecuteScalar<long>("SELECT revision FROM identity_revision", transaction: transaction);
        var users = connection.Query<UserRow>($"SELECT {Columns} FROM users", transaction: transaction).Select(r => r.ToUser()).ToList();
        var tokens = connection.Query<TokenRow>(
            """
            SELECT id AS Id, user_name AS UserName, name AS Name, hash AS Hash, role AS Role, customer_id AS CustomerId,
              created_us AS CreatedUs, expires_us AS ExpiresUs FROM api_tokens ORDER BY created_us, id
            """,
            transaction: transaction).Select(r => r.ToToken()).ToList();
        transaction.Commit();
        return (revision, users, tokens);
    }

    public bool TryInsert(User user) => Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO users (name, display_name, password_hash, role, customer_id, language, disabled, stamp, created_us, updated_us)
        VALUES (@Name, @DisplayName, @PasswordHash, @Role, @CustomerId, @Language, @Disabled, @Stamp, @CreatedUs, @UpdatedUs)
        ON CONFLICT (name) DO NOTHING
        """,
        UserRow.From(user), transaction)) == 1;

    /// <summary>Replaces the record, and forgets refresh tokens of another stamp.</summary>
    public void Update(User user) => Write((connection, transaction) =>
    {
        connection.Execute("DELETE FROM refresh_tokens WHERE user_name = @Name AND stamp <> @Stamp", new { user.Name, user.Stamp }, transaction);
        return connection.Execute(
            """
            UPDATE users SET display_name = @DisplayName, password_hash = @PasswordHash, role = @Role, customer_id = @CustomerId,
              language = @Language, disabled = @Disabled, stamp = @Stamp, updated_us = @UpdatedUs WHERE name = @Name
            """,
            UserRow.From(user), transaction);
    });

    public void Delete(string name) => Write((connection, transaction) =>
    {
        connection.Execute("DELETE FROM refresh_tokens WHERE user_name = @name", new { name }, transaction);
        connection.Execute("DELETE FROM api_tokens WHERE user_name = @name", new { name }, transaction);
        return connection.Execute("DELETE FROM users WHERE name = @name", new { name }, transaction);
    });

    public void Insert(ApiToken token) => Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO api_tokens (id, user_name, name, hash, role, customer_id, created_us, expires_us)
        VALUES (@Id, @UserName, @Name, @Hash, @Role, @CustomerId, @CreatedUs, @ExpiresUs)
        """,
        TokenRow.From(token), transaction));

    public bool DeleteToken(string user, string id) =>
        Write((connection, transaction) => connection.Execute("DELETE FROM api_tokens WHERE user_name = @user AND id = @id", new { user, id }, transaction)) == 1;

    private int Write(Func<DbConnection, DbTransaction, int> change)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Execute("UPDATE identity_revision SET revision = revision + 1", transaction: transaction);
        var rows = change(connection, transaction);
        transaction.Commit();
        return rows;
    }

    private sealed class UserRow
    {
        public string Name { get; init; } = "";
        public string? DisplayName { get; init; }
        public string PasswordHash { get; init; } = "";
        public string Role { get; init; } = "";
        public string? CustomerId { get; init; }
        public string? Language { get; init; }
        public long Disabled { get; init; }
        public string Stamp { get; init; } = "";
        public long CreatedUs { get; init; }
        public long UpdatedUs { get; init; }

        public static UserRow From(User u) => new()
        {
            Name = u.Name,
            DisplayName = u.DisplayName,
            PasswordHash = u.PasswordHash,
            Role = RoleName.Of(u.Role),
            CustomerId = u.CustomerId,
            Language = u.Language,
            Disabled = u.Disabled ? 1 : 0,
            Stamp = u.Stamp,
            CreatedUs = u.CreatedUs,
            UpdatedUs = u.UpdatedUs,
        };

        // A role that this version does not know gives no rights.
        public User ToUser() => new(
            Name, DisplayName, PasswordHash, RoleName.TryParse(Role, out var role) ? role : Identity.Role.Device, CustomerId, Language,
            Disabled != 0, Stamp, CreatedUs, UpdatedUs);
    }

    private sealed class TokenRow
    {
        public string Id { get; init; } = "";
        public string UserName { get; init; } = "";
        public string Name { get; init; } = "";
        public string Hash { get; init; } = "";
        public string Role { get; init; } = "";
        public string? CustomerId { get; init; }
        public long CreatedUs { get; init; }
        public long? ExpiresUs { get; init; }

        public static TokenRow From(ApiToken t) => new()
        {
            Id = t.Id,
            UserName = t.UserName,
            Name = t.Name,
            Hash = t.Hash,
            Role = RoleName.Of(t.Role),
            CustomerId = t.CustomerId,
            CreatedUs = t.CreatedUs,
            ExpiresUs = t.ExpiresUs,
        };

        public ApiToken ToToken() =>
            new(Id, UserName, Name, Hash, RoleName.TryParse(Role, out var role) ? role : Identity.Role.Device, CustomerId, CreatedUs, ExpiresUs);
    }
}
