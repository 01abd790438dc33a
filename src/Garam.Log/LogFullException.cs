namespace Garam.Log;

/// <summary>
/// The record was not taken: the disk is full, or has less free space than the reserve. The log goes on by itself once there
/// is room; records appended before are kept and become durable then.
/// </summary>
public sealed class LogFullException : LogCongestedException
{
    internal LogFullException(string message)
        : base(message)
    {
    }
}
