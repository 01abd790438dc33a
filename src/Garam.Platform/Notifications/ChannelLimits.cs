namespace Garam.Platform.Notifications;

/// <summary>How much of a channel may be used.</summary>
/// <param name="PerMinute">0: no limit.</param>
/// <param name="DigestOver">More than so many of one route go as one message; 0: each alone.</param>
internal sealed record ChannelLimits(int PerMinute, int DigestOver, TimeSpan Timeout);
