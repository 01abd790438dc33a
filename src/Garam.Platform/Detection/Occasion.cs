namespace Garam.Platform.Detection;

/// <summary>When and where a reading comes from.</summary>
/// <param name="TimeUs">Event time, Unix microseconds.</param>
/// <param name="Position">Log position of its message; −1 when there is none.</param>
/// <param name="ReceivedUs">When the message was received.</param>
internal readonly record struct Occasion(long TimeUs, long Position, long ReceivedUs);
