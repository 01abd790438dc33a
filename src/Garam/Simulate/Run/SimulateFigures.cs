namespace Garam.Simulate.Run;

/// <summary>Where a simulation stands.</summary>
internal sealed record SimulateFigures(
    long Sent, long Acknowledged, long Reconnects, TimeSpan P50, TimeSpan P99, TimeSpan Max, bool IsConnected);
