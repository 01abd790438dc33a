namespace Garam.Platform.Detection;

/// <summary>Where one rule stands with one device or group.</summary>
internal struct RuleState
{
    public const long Never = long.MinValue;

    public RuleState()
    {
    }

    /// <summary>Since when the condition has held without being an alarm yet; the time of the last step of a sequence; when an absence began to count.</summary>
    public long SinceUs = Never;

    /// <summary>When <see cref="SinceUs"/> was, by the receive clock: an absence runs out by that clock when the device falls silent.</summary>
    public long SinceReceivedUs;

    /// <summary>Steps of a sequence done.</summary>
    public int Step;

    /// <summary>Whether there is anything to remember.</summary>
    public readonly bool IsIdle => Lasting is null && SinceUs == Never && Step == 0;

    /// <summary>The alarm while it lasts.</summary>
    public LastingCondition? Lasting;
}
