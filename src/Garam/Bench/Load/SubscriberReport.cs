namespace Garam.Bench.Load;

/// <summary>What the subscriber has had so far.</summary>
/// <param name="Received">Messages received, and acknowledged.</param>
/// <param name="LastReceivedAt">Monotonic time of the newest.</param>
/// <param name="CpuSeconds">Processor time of the subscriber.</param>
internal sealed record SubscriberReport(long Received, long LastReceivedAt, double CpuSeconds);
