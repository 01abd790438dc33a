using Garam.Platform.Devices;

namespace Garam.Platform.Configuration;

/// <summary>How devices become known.</summary>
public sealed record RegistrationOptions
{
    public RegistrationMode Mode { get; set; } = RegistrationMode.Auto;

    /// <summary>A registered device costs about 2 KB of memory; beyond the bound messages of new ones are dead letters.</summary>
    public int DevicesMax { get; set; } = 200_000;
}
