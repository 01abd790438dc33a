namespace Garam.Decoding;

/// <summary>One compiled layout.</summary>
internal abstract class LayoutDecoder
{
    /// <summary>
    /// Decodes one payload into a cleared output. Errors of single readings are in the output; the result is an error of the payload as a
    /// whole, or none.
    /// </summary>
    public abstract DecodeError Decode(ReadOnlySpan<byte> payload, in DecodeContext context, DecodeOutput output);
}
