namespace Garam.Platform.Devices;

/// <summary>A device as registered. Immutable; a change replaces the whole record in the registry.</summary>
/// <param name="Id">Identity, unique on the platform.</param>
/// <param name="ProductId">Names the product spec that decodes its payloads; null until known (the route may name it).</param>
/// <param name="Model">Selects overrides inside the product spec.</param>
/// <param name="SiteId">Where it stands; the site leads to the customer.</param>
/// <param name="HubId">The hub it speaks through, when it does.</param>
/// <param name="ExpectedPeriodMs">How often it should speak, in milliseconds; null takes the product's.</param>
/// <param name="CredentialHash">SHA-256 (hex) of the device's token; null when it has none.</param>
/// <param name="RegisteredUs">Unix microseconds.</param>
/// <param name="UpdatedUs">Unix microseconds.</param>
public sealed record Device(
    DeviceId Id,
    string? ProductId,
    string? Model,
    string? Title,
    string? SiteId,
    string? HubId,
    IReadOnlyDictionary<string, string> Tags,
    long? ExpectedPeriodMs,
    string? CredentialHash,
    long RegisteredUs,
    long UpdatedUs)
{
    public static readonly IReadOnlyDictionary<string, string> NoTags = new Dictionary<string, string>();

    /// <summary>Since when it is disabled and nothing is taken from it, Unix microseconds; null while it is in use.</summary>
    public long? DisabledUs { get; init; }

    public bool IsDisabled => DisabledUs is not null;

    /// <summary>A device seen for the first time.</summary>
    public static Device FirstSeen(DeviceId id, string? productId, string? hubId, long nowUs) =>
        new(id, productId, null, null, null, hubId, NoTags, null, null, nowUs, nowUs);
}
