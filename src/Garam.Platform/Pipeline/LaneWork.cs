namespace Garam.Platform.Pipeline;

/// <summary>What a lane is given: a block's share of records, or something to do between two blocks.</summary>
internal readonly record struct LaneWork(BlockLease? Block, Func<Lane, Task>? Act);
