namespace Garam.Platform.Pipeline;

/// <summary>What became of a message, and, when it is dead, why.</summary>
internal readonly record struct FlowResult(MessageState State, string? Reason = null, string? Detail = null, string? Product = null, int? SpecVersion = null)
{
    public static readonly FlowResult Stored = new(MessageState.Stored);
    public static readonly FlowResult Filtered = new(MessageState.Filtered);
    public static readonly FlowResult Duplicate = new(MessageState.Duplicate);

    public static FlowResult Dead(string reason, string detail, string? product = null, int? specVersion = null) =>
        new(MessageState.Dead, reason, detail, product, specVersion);
}
