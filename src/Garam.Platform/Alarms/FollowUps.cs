namespace Garam.Platform.Alarms;

/// <summary>The defaults of the design: critical → automatic action (and people are told), high → notify, medium → queue, low → log.</summary>
public static class FollowUps
{
    public static FollowUp Of(Severity severity) => severity switch
    {
        Severity.Critical => FollowUp.Action | FollowUp.Notify,
        Severity.High => FollowUp.Notify,
        Severity.Medium => FollowUp.Queue,
        _ => FollowUp.Log,
    };
}
