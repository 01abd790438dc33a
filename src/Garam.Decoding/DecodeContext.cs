namespace Garam.Decoding;

/// <summary>What the channel knows about a payload besides its bytes.</summary>
public readonly ref struct DecodeContext
{
    /// <summary>When the payload was received, microseconds since 1970 UTC. The only clock a decoder sees.</summary>
    public long ReceivedAtUs { get; init; }

    /// <summary>The device's model; selects the spec's overrides. Null, or a model the spec does not name, gets the spec without overrides.</summary>
    public string? Model { get; init; }

    /// <summary>The application port of the channel (LoRaWAN's fPort); selects among the spec's variants.</summary>
    public int? Port { get; init; }

    /// <summary>The CSV header line that the connection sent before, without its line end; used when the payload itself has none.</summary>
    public ReadOnlySpan<byte> CsvHeader { get; init; }
}
