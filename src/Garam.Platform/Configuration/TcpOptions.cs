namespace Garam.Platform.Configuration;

/// <summary>The line-based TCP listener and further ones with binary framings.</summary>
public sealed record TcpOptions
{
    /// <summary>0 takes any free port.</summary>
    public int Port { get; set; } = 9000;

    public int ConnectionsMax { get; set; } = 10_000;

    public IList<TcpListenerOptions> Listeners { get; init; } = [];
}
