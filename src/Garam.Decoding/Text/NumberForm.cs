namespace Garam.Decoding.Text;

/// <summary>What a text turned out to be when read as a number.</summary>
internal enum NumberForm
{
    None,
    Whole,
    Real,
    OutOfRange,
}
