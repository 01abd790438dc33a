namespace Garam.Platform.Configuration;

/// <summary>The HTTP listener: REST, WebSocket, metrics.</summary>
public sealed record HttpOptions
{
    /// <summary>0 takes any free port.</summary>
    public int Port { get; set; } = 8080;

    /// <summary>PEM certificate chain; with <see cref="Key"/> the listener speaks HTTPS.</summary>
    public string? Certificate { get; set; }

    /// <summary>PEM private key.</summary>
    public string? Key { get; set; }
}
