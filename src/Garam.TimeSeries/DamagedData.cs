namespace Garam.TimeSeries;

/// <summary>A stored blob that does not decode. It is skipped; everything else stays readable.</summary>
/// <param name="GroupKey">Whose data.</param>
/// <param name="What">block, open block, rollup, newest.</param>
public readonly record struct DamagedData(string GroupKey, string What);
