namespace Garam.Bench.Flushes;

/// <summary>How fast a bare loop of append and flush ran.</summary>
/// <param name="Bytes">Bytes a flush.</param>
/// <param name="FlushesPerSecond">Flushes a second.</param>
/// <param name="BytesPerSecond">Bytes made durable a second.</param>
internal sealed record FlushReport(int Bytes, double FlushesPerSecond, double BytesPerSecond);
