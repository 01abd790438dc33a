namespace Garam.TimeSeries.Chunks;

/// <summary>The bits above the block's width of the few numbers that need more.</summary>
internal readonly record struct PatchedValue(byte Index, ulong HighBits);
