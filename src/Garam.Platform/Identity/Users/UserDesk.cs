using Garam.Platform.Devices;
using Garam.Platform.Identity.Audit;

namespace Garam.Platform.Identity.Users;

/// <summary>Where administrators add, change and remove users, by page and by REST alike: checked, done, and written into the trail.</summary>
/// <remarks>Thread-safe. Hashing a password takes tens of milliseconds of the calling thread.</remarks>
public sealed class UserDesk
{
    private readonly UserDirectory _directory;
    private readonly DeviceRegistry _registry;
    private readonly Passwords _passwords;
    private readonly AuditTrail _audit;
    private readonly AccessGuard _guard;

    internal UserDesk(Credentials credentials, DeviceRegistry registry, AccessGuard guard)
    {
        _directory = credentials.Users;
        _passwords = credentials.Passwords;
        _audit = credentials.Audit;
        _registry = registry;
        _guard = guard;
    }

    /// <summary>Adds a user; one who is there already stays as they are.</summary>
    public UserAnswer Add(Caller caller, string? name, UserBody body) => Put(caller, name, body, onlyNew: true);

    /// <summary>Adds a user or changes the one who is there.</summary>
    public UserAnswer Put(Caller caller, string? name, UserBody body) => Put(caller, name, body, onlyNew: false);

    /// <summary>Removes a user with all tokens.</summary>
    public UserAnswer Remove(Caller caller, string name)
    {
        var outcome = _directory.Remove(name);
        if (outcome == UserOutcome.Done)
            _audit.Record(caller, "user.remove", name);
        return Of(outcome, name);
    }

    private UserAnswer Put(Caller caller, string? name, UserBody body, bool onlyNew)
    {
        if (!UserName.TryParse(name, out var known))
            return new UserAnswer(UserOutcome.BadName, UserName.Rule);
        if (body.Problem() is { } wrong)
            return new UserAnswer(UserOutcome.Invalid, wrong);
        if (body.CustomerId is { Length: > 0 } customer && !_registry.Customers.Any(c => c.Id == customer))
            return new UserAnswer(UserOutcome.UnknownCustomer, $"customerId: there is no customer '{customer}'.");
        var exists = _directory.TryGet(known, out _);
        if (exists && onlyNew)
            return Of(UserOutcome.Taken, known);
        if ((body.Password is not null || !exists) && PasswordRules.Problem(body.Password, known) is { } weak)
            return new UserAnswer(UserOutcome.WeakPassword, weak);
        if (!exists && body.Role is null)
            return new UserAnswer(UserOutcome.Invalid, $"role is missing. Use {string.Join(", ", RoleName.All)}.");
        var hash = body.Password is null ? null : _passwords.Hash(body.Password);
        var outcome = exists ? _directory.Change(known, u => body.ApplyTo(u, hash)) : Insert(known, body, hash!);
        if (outcome == UserOutcome.Done)
            _audit.Record(caller, exists ? "user.put" : "user.add", known, body.Told());
        return Of(outcome, known) with { IsNew = !exists };
    }

    private UserOutcome Insert(string name, UserBody body, string hash)
    {
        var user = body.ApplyTo(new User(name, null, hash, Role.Viewer, null, null, false, "", 0, 0), hash);
        if (_guard.IsOpen && !user.IsFullAdministrator)
            return UserOutcome.FirstNotAdministrator;
        return _directory.Add(name, user.DisplayName, hash, user.Role, user.CustomerId, user.Language);
    }

    private static UserAnswer Of(UserOutcome outcome, string name) => new(outcome, outcome switch
    {
        UserOutcome.Done => "",
        UserOutcome.Unknown => $"There is no user '{name}'.",
        UserOutcome.Taken => $"There is a user '{name}' already.",
        UserOutcome.Full => $"There are {UserDirectory.UsersMax} users already.",
        UserOutcome.FirstNotAdministrator => "From the first user on everybody must sign in; the first has to be an administrator of all customers.",
        _ => $"'{name}' is the last administrator; nobody could change users any more. Make another first.",
    });
}
