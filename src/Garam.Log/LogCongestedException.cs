namespace Garam.Log;

/// <summary>
/// The record was not taken: the buffer holds as many unflushed bytes as it may. Nothing is lost; wait with
/// <see cref="DurableLog.WaitForRoomAsync"/> and append again.
/// </summary>
public class LogCongestedException : LogException
{
    internal LogCongestedException(string message)
        : base(message)
    {
    }
}
