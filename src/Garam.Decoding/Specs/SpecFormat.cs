namespace Garam.Decoding.Specs;

/// <summary>What a product's payloads are.</summary>
public enum SpecFormat
{
    HexBinary,
    Json,
    Csv,
}
