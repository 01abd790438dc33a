namespace Garam.Platform.Configuration;

/// <summary>One step of an escalation.</summary>
public sealed record EscalationStepOptions
{
    /// <summary>How long after the raise, <c>5m</c>; each step later than the one before.</summary>
    public string After { get; set; } = "";

    public IList<string> Channels { get; init; } = [];
}
