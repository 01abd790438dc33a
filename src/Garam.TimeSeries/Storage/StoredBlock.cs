namespace Garam.TimeSeries.Storage;

/// <summary>A closed block as stored.</summary>
internal sealed record StoredBlock(long Id, long FirstTime, long LastTime, bool InMinutes, byte[] Data);
