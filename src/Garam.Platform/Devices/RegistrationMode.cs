namespace Garam.Platform.Devices;

/// <summary>What happens to a message of a device that nobody registered.</summary>
public enum RegistrationMode
{
    /// <summary>Open while bound to loopback, closed otherwise.</summary>
    Auto,

    /// <summary>The device is registered on first sight where the route or the message names a product.</summary>
    Open,

    /// <summary>The message becomes a dead letter <c>unknown-device</c>.</summary>
    Closed,
}
