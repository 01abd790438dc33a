namespace Garam.Platform.Identity;

/// <summary>Who is asking.</summary>
/// <param name="Name">A user's or token's name, or the device's id.</param>
/// <param name="DeviceId">Set for a device: it speaks for itself, and for its children when it is a hub.</param>
public sealed record Principal(string Name, Role Role, string? DeviceId = null)
{
    /// <summary>Anybody on this machine, while no credentials exist.</summary>
    public static readonly Principal Local = new("local", Role.Administrator);

    /// <summary>The user who signed in or whose token it is; null for configured tokens, devices and <see cref="Local"/>.</summary>
    public string? UserName { get; init; }

    /// <summary>It came with an API token of its user, and not by the user signing in.</summary>
    public bool IsApiToken { get; init; }

    /// <summary>Which devices are seen.</summary>
    public AccessScope Scope { get; init; } = AccessScope.Everything;

    /// <summary>Fires when this principal's rights end or change: a stream that is open then must close.</summary>
    public CancellationToken Ended { get; init; }

    /// <summary>When its credential expires by itself; null when never.</summary>
    public DateTimeOffset? Until { get; init; }

    public bool May(Role role) => Role >= role;

    /// <summary>Whether it may send readings of this device, which came by this hub (empty when by none).</summary>
    public bool MaySendFor(string device, string hub) =>
        Role >= Role.Operator ? Scope.SeesDevice(device) : DeviceId is not null && (device == DeviceId || hub == DeviceId);
}
