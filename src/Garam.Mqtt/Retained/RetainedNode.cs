using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Retained;

/// <summary>One level of the retained topics.</summary>
internal sealed class RetainedNode
{
    public Dictionary<string, RetainedNode>? Children { get; set; }

    public PublishedMessage? Message { get; set; }

    public bool IsEmpty => Children is null && Message is null;
}
