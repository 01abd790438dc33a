namespace Garam.TimeSeries.Chunks;

/// <summary>What a packed number is the difference to.</summary>
internal enum Predictor : byte
{
    /// <summary>Nothing: the number itself.</summary>
    Value = 0,

    /// <summary>The number before.</summary>
    Delta = 1,

    /// <summary>The number before, moved on by the last difference.</summary>
    DeltaOfDelta = 2,
}
