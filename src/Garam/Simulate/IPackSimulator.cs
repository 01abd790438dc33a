namespace Garam.Simulate;

/// <summary>
/// The devices of one pack. Pure: the same seed, source and time always give the same message, in whatever order and however
/// often it is asked for; so a fleet may be slowed, stopped and replayed. Safe to use from several threads.
/// </summary>
public interface IPackSimulator
{
    /// <summary>Every device it plays, hubs before their children.</summary>
    IReadOnlyList<SimulatedDevice> Devices { get; }

    /// <summary>Independent streams of messages: a device, or one tag of a device. At least one.</summary>
    int SourceCount { get; }

    /// <summary>What a source sends at a time, or null where it is silent then.</summary>
    /// <param name="source">0 to <see cref="SourceCount"/> - 1.</param>
    /// <param name="at">The simulated time.</param>
    SimulatedMessage? Next(int source, DateTimeOffset at);
}
