namespace Garam.Log.Tests.Simulation;

/// <summary>The machine has stopped: every operation from here on ends like this, until the disk is used again.</summary>
internal sealed class SimulatedCrashException : Exception;
