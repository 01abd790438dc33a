namespace Garam.TimeSeries.Chunks;

/// <summary>How a whole number n and an exponent e become the double that was stored.</summary>
internal enum DecimalRounding : byte
{
    /// <summary>n / 10^e: what parsing "25.3" gives.</summary>
    Divide = 0,

    /// <summary>n × 10^-e: what a decoder gives that multiplies by 0.1.</summary>
    Multiply = 1,

    /// <summary>The float32 nearest to n / 10^e: what a device sends that computes in single precision.</summary>
    Single = 2,
}
