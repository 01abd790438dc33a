using Garam.Decoding.Values;

namespace Garam.Decoding.Json;

/// <summary>A key of an object (or a place of a list) that a product knows, and what becomes of its value.</summary>
internal sealed class JsonProperty(byte[] key, int index)
{
    /// <summary>The key's bytes, unescaped.</summary>
    public byte[] Key { get; } = key;

    /// <summary>The key as it stands after its opening quote in a message that escapes nothing: with its closing quote and the colon.</summary>
    public byte[] Expected { get; } = [.. key, (byte)'"', (byte)':'];

    /// <summary>Its place among its node's properties.</summary>
    public int Index { get; } = index;

    /// <summary>The metrics its value becomes; usually one.</summary>
    public ValuePlan[] Plans { get; set; } = [];

    /// <summary>Where its value is kept for expressions and names; -1: nowhere.</summary>
    public int Capture { get; set; } = -1;

    /// <summary>Whether a number here has somewhere to go, so that nothing else needs to be asked.</summary>
    public bool IsNumberLikely => !Ignored && (Plans.Length > 0 || Capture >= 0);

    /// <summary>What is known of its object or list.</summary>
    public JsonNode? Child { get; set; }

    /// <summary>Whether its value is to be passed over.</summary>
    public bool Ignored { get; set; }

    /// <summary>Whether its list holds the readings.</summary>
    public bool HoldsReadings { get; set; }
}
