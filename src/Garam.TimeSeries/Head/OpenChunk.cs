namespace Garam.TimeSeries.Head;

/// <summary>A full piece of the head, encoded: what the open block on disk is made of until it closes.</summary>
internal readonly record struct OpenChunk(byte[] Bytes, long FirstTime, long LastTime, int Rows);
