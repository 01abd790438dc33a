namespace Garam.Decoding.Tests;

/// <summary>What a decode gave, as plain values.</summary>
internal sealed record Outcome(DecodeStatus Status, IReadOnlyList<Figures> Readings, IReadOnlyList<DecodeError> Errors, int ErrorCount)
{
    /// <summary>The only reading.</summary>
    public Figures Reading => Readings.ShouldHaveSingleItem(string.Join("; ", Errors));

    /// <summary>The only error's code.</summary>
    public DecodeErrorCode Error => Errors.ShouldHaveSingleItem().Code;
}
