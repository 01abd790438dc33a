namespace Garam.TimeSeries.Head;

/// <summary>What putting one value did.</summary>
internal enum CellOutcome : byte
{
    Same,
    New,
    Changed,
}
