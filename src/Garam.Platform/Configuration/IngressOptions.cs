namespace Garam.Platform.Configuration;

/// <summary>What one message and one device may ask for.</summary>
public sealed record IngressOptions
{
    /// <summary>256 KiB: no sensor sends more; a camera's picture does not belong in a telemetry message.</summary>
    public int PayloadBytesMax { get; set; } = 256 * 1024;

    /// <summary>0 sets no limit.</summary>
    public int MessagesPerSecondPerDevice { get; set; }

    /// <summary>Bytes of one HTTP request after decompression: an NDJSON batch.</summary>
    public int RequestBytesMax { get; set; } = 16 * 1024 * 1024;
}
