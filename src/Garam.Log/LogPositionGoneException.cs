namespace Garam.Log;

/// <summary>The position has been removed by retention.</summary>
public sealed class LogPositionGoneException : LogException
{
    internal LogPositionGoneException(LogPosition position, LogPosition first)
        : base($"Record {position} has been removed by retention; the oldest one kept is {first}.")
    {
        Position = position;
        First = first;
    }

    /// <summary>What was asked for.</summary>
    public LogPosition Position { get; }

    /// <summary>The oldest record that is still there.</summary>
    public LogPosition First { get; }
}
