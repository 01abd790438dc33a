namespace Garam.Platform.Packs;

/// <summary>Something a pack's code found out about a device at a moment, and keeps for a while.</summary>
/// <param name="AtUs">Unix microseconds; with the device it is the record's identity, a second one of the same moment replaces the first.</param>
/// <param name="Body">One JSON text.</param>
public sealed record PackRecord(string DeviceId, long AtUs, string Body);
