namespace Garam.Platform.Devices;

/// <summary>What became of a change of the registry.</summary>
public enum DeviceOutcome
{
    Done,

    /// <summary>There is no such device.</summary>
    Unknown,

    /// <summary>There is such a device already.</summary>
    Taken,

    /// <summary>The registry holds as many devices as it may.</summary>
    Full,

    /// <summary>It cannot be an id.</summary>
    BadId,

    /// <summary>No pack describes the product.</summary>
    UnknownProduct,

    /// <summary>A device cannot be its own hub.</summary>
    OwnHub,

    /// <summary>Other things hang on it; the detail names them.</summary>
    InUse,

    /// <summary>Something else of what was sent cannot be.</summary>
    Invalid,
}
