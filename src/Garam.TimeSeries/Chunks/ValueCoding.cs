namespace Garam.TimeSeries.Chunks;

/// <summary>First byte of a value column: how its numbers are written. On disk for ever; never renumber.</summary>
internal enum ValueCoding : byte
{
    Constant = 0,
    Decimal = 1,
    Xor = 2,
    Raw = 3,
}
