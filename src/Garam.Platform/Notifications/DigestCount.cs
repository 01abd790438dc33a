namespace Garam.Platform.Notifications;

/// <summary>How many of a digest are of one severity, product or site.</summary>
internal sealed record DigestCount(string Name, long Count);
