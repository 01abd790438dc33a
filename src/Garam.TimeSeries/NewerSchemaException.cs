namespace Garam.TimeSeries;

/// <summary>The data was written by a newer version of the store; this one leaves it alone.</summary>
public sealed class NewerSchemaException(int found, int supported)
    : TimeSeriesStorageException($"the telemetry database has schema {found}; this version reads up to {supported}. Start the newer version.")
{
    /// <summary>Schema version found on disk.</summary>
    public int Found { get; } = found;

    /// <summary>Newest schema version this code reads.</summary>
    public int Supported { get; } = supported;
}
