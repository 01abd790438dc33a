namespace Garam.Platform.Identity;

/// <summary>Who is asking.</summary>
/// <param name="Name">A token's name, or the device's id.</param>
/// <param name="DeviceId">Set for a device: it speaks for itself, and for its children when it is a hub.</param>
public sealed record Principal(string Name, Role Role, string? DeviceId = null)
{
    /// <summary>Anybody on this machine, while no tokens are configured.</summary>
    public static readonly Principal Local = new("local", Role.Administrator);

    public bool May(Role role) => Role >= role;

    /// <summary>Whether it may send readings of this device, which came by this hub (empty when by none).</summary>
    public bool MaySendFor(string device, string hub) =>
        Role >= Role.Operator || (DeviceId is not null && (device == DeviceId || hub == DeviceId));
}
