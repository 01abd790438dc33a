namespace Garam.Platform.Configuration;

/// <summary>A header of a webhook's requests.</summary>
public sealed record NotificationHeaderOptions
{
    public string Name { get; set; } = "";

    public string Value { get; set; } = "";

    /// <summary>File whose first line is the value, for one that is a secret.</summary>
    public string ValueFile { get; set; } = "";
}
