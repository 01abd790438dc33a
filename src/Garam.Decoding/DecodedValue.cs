namespace Garam.Decoding;

/// <summary>One value of a reading.</summary>
/// <param name="Number">The number; 1 or 0 for a boolean; 0 for a text.</param>
/// <param name="TextStart">Where a text begins in the output's text buffer (read it with <see cref="DecodeOutput.TextOf"/>).</param>
/// <param name="TextLength">A text's length in bytes.</param>
/// <param name="Metric">Index into <see cref="ProductDecoder.Metrics"/>.</param>
/// <param name="Kind">What the value is; always the metric's kind.</param>
public readonly record struct DecodedValue(double Number, int TextStart, int TextLength, ushort Metric, MetricKind Kind)
{
    /// <summary>A boolean's value.</summary>
    public bool IsTrue => Number != 0;
}
