using Garam.Platform.Configuration;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Identity.Users;
using Garam.Platform.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Identity;

/// <summary>All that says who somebody is, opened on one data folder: users, passwords, tokens, and the trail of what they changed.</summary>
public sealed class Credentials : IDisposable
{
    internal Credentials(Database database, DataFolder folder, TimeProvider time, ILoggerFactory loggers, bool watch)
    {
        Folder = folder;
        Audit = new AuditTrail(database, time);
        Users = new UserDirectory(new UserStore(database), time, loggers.CreateLogger<UserDirectory>(), watch);
        Limits = new AttemptLimits(time);
        SignIn = new SignInDesk(Users, Passwords, Limits, Audit, loggers.CreateLogger<SignInDesk>());
        Setup = new SetupToken(Users);
    }

    public DataFolder Folder { get; }

    public AuditTrail Audit { get; }

    public UserDirectory Users { get; }

    public Passwords Passwords { get; } = new();

    public AttemptLimits Limits { get; }

    public SignInDesk SignIn { get; }

    public SetupToken Setup { get; }

    /// <summary>Opens them for a command that changes users, beside a running node or without one.</summary>
    /// <exception cref="DataFolderException">The folder cannot be used; the message says what to do.</exception>
    public static Credentials Open(string data, TimeProvider time)
    {
        var folder = DataFolder.Open(data);
        return new Credentials(Database.Open(folder.Database), folder, time, NullLoggerFactory.Instance, watch: false);
    }

    public void Dispose()
    {
        Users.Dispose();
        Passwords.Dispose();
    }
}
