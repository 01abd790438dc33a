namespace Garam.Platform.DeadLetters;

/// <summary>
/// Why a message could not be stored: the platform's own reasons; those of the decoder are added under its names
/// (docs/reference/errors.md lists all).
/// </summary>
public static class DeadReason
{
    /// <summary>Nobody registered the device, and registration is closed or no product is named.</summary>
    public const string UnknownDevice = "unknown-device";

    /// <summary>What stands in the device's place cannot be a device's id.</summary>
    public const string InvalidDevice = "invalid-device";

    /// <summary>The device's product has no spec in the packs in force.</summary>
    public const string UnknownProduct = "unknown-product";

    /// <summary>The registry holds as many devices as <c>registration.devices_max</c> allows.</summary>
    public const string RegistryFull = "registry-full";

    /// <summary>The device has more different metrics than the store keeps for one.</summary>
    public const string TooManyMetrics = "too-many-metrics";

    /// <summary>The reading's own time is further back or ahead than <c>pipeline.past_days</c> or <c>pipeline.future_minutes</c> allow.</summary>
    public const string TimestampOutsideWindow = "timestamp-outside-window";

    /// <summary>Retention has already removed what lies around the reading's time.</summary>
    public const string OlderThanRetention = "older-than-retention";

    /// <summary>A status message that holds no status.</summary>
    public const string StatusUnreadable = "status-unreadable";

    /// <summary>Records of the log that the disk has damaged; their bytes are gone.</summary>
    public const string RecordLost = "record-lost";

    /// <summary>The log's record has a layout this version does not know.</summary>
    public const string RecordUnreadable = "record-unreadable";
}
