namespace Garam.TimeSeries;

/// <summary>What one step of retention did.</summary>
/// <param name="RowsDeleted">Blocks, rollup rows and text events deleted.</param>
/// <param name="IsDone">False when there is more to do: call again.</param>
public readonly record struct RetentionOutcome(int RowsDeleted, bool IsDone);
