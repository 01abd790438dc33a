using System.Text;
using Garam.Decoding.Values;

namespace Garam.Decoding.Json;

/// <summary>All that a product knows of its messages: the root node and the growth of open nodes, within limits.</summary>
internal sealed class JsonTree(JsonNode root, MetricTable table)
{
    private readonly Lock _gate = new();
    private int _properties;

    public JsonNode Root => root;

    /// <summary>
    /// Takes up a key that an open message brings. Null when the name cannot be a metric's or the product is full; the reason is then in
    /// <paramref name="error"/>.
    /// </summary>
    public JsonProperty? Grow(JsonNode node, ReadOnlySpan<byte> key, bool isContainer, out DecodeErrorCode error)
    {
        error = DecodeErrorCode.None;

        // A full product is asked for every new key of every message: no lock for a no.
        if (IsFull(isContainer) && node.Find(key) is null)
        {
            error = DecodeErrorCode.TooManyMetrics;
            return null;
        }

        lock (_gate)
        {
            if (node.Find(key) is { } known)
            {
                Complete(node, known, isContainer);
                return known;
            }

            var nameBytes = key.Length + Encoding.UTF8.GetByteCount(node.Path) + 1;
            if (key.IsEmpty || nameBytes > DecodingLimits.NameBytesMax || key.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
                error = DecodeErrorCode.InvalidName;
            else if (IsFull(isContainer))
                error = DecodeErrorCode.TooManyMetrics;
            if (error != DecodeErrorCode.None) return null;
            _properties++;
            var property = node.GetOrAdd(key);
            Complete(node, property, isContainer);
            return property;
        }
    }

    private bool IsFull(bool isContainer) =>
        Volatile.Read(ref _properties) >= DecodingLimits.JsonNodesMax || (!isContainer && table.Count >= DecodingLimits.MetricsMax);

    /// <summary>A key may bring a number in one message and an object in the next: it then has both.</summary>
    private void Complete(JsonNode node, JsonProperty property, bool isContainer)
    {
        if (property.Ignored) return;
        if (isContainer) property.Child ??= new JsonNode(node.NameOf(property.Key), open: true);
        else if (property.Plans.Length == 0 && property.Capture < 0)
            property.Plans = [new ValuePlan(new ValueSpec(node.NameOf(property.Key), Values.ValueType.Any), table, null)];
    }
}
