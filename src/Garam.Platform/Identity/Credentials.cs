using Garam.Platform.Configuration;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Identity.Tokens;
using Garam.Platform.Identity.Users;
using Garam.Platform.Rest;
using Garam.Platform.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Identity;

/// <summary>All that says who somebody is, opened on one data folder: users, passwords, tokens, and the trail of what they changed.</summary>
public sealed class Credentials : IDisposable
{
    /// <summary>About 200 bytes each; the oldest go beyond it.</summary>
    private const int AuditEntriesMax = 1_000_000;

    internal Credentials(Database database, DataFolder folder, IdentityOptions options, TimeProvider time, ILoggerFactory loggers, bool watch)
    {
        Folder = folder;
        Audit = new AuditTrail(database, time);
        Users = new UserDirectory(new UserStore(database), time, loggers.CreateLogger<UserDirectory>(), watch);
        Limits = new AttemptLimits(time);
        SignIn = new SignInDesk(Users, Passwords, Limits, Audit, loggers.CreateLogger<SignInDesk>());
        Setup = new SetupToken(Users);
        AccessTokens = new AccessTokens(folder, options.JwtAlgorithm, time);
        RefreshTokens = new RefreshTokens(database, Users, Audit, time);
        ApiTokens = new ApiTokenDesk(Users, time);
    }

    public DataFolder Folder { get; }

    public AuditTrail Audit { get; }

    public UserDirectory Users { get; }

    public Passwords Passwords { get; } = new();

    public AttemptLimits Limits { get; }

    public SignInDesk SignIn { get; }

    public SetupToken Setup { get; }

    public AccessTokens AccessTokens { get; }

    public RefreshTokens RefreshTokens { get; }

    public ApiTokenDesk ApiTokens { get; }

    /// <summary>Opens them for a command that changes users, beside a running node or without one.</summary>
    /// <exception cref="DataFolderException">The folder cannot be used; the message says what to do.</exception>
    public static Credentials Open(string data, TimeProvider time)
    {
        var folder = DataFolder.Open(data);
        return new Credentials(Database.Open(folder.Database), folder, new IdentityOptions(), time, NullLoggerFactory.Instance, watch: false);
    }

    /// <summary>Forgets refresh tokens that are over, and what the trail has kept long enough.</summary>
    internal void Expire(DateTimeOffset auditBefore)
    {
        RefreshTokens.Expire();
        Audit.Expire(TimeParameter.ToUs(auditBefore), AuditEntriesMax);
    }

    public void Dispose()
    {
        Users.Dispose();
        AccessTokens.Dispose();
        Passwords.Dispose();
    }
}
