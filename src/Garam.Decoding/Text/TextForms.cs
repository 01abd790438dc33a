using System.Text;

namespace Garam.Decoding.Text;

/// <summary>Words that stand for booleans.</summary>
internal static class TextForms
{
    /// <summary>true, false, 1, 0, on, off, yes and no, in any case.</summary>
    public static bool TryTruth(ReadOnlySpan<byte> text, out bool truth)
    {
        text = text.Trim(" \t"u8);
        truth = Is(text, "true"u8) || Is(text, "1"u8) || Is(text, "on"u8) || Is(text, "yes"u8);
        return truth || Is(text, "false"u8) || Is(text, "0"u8) || Is(text, "off"u8) || Is(text, "no"u8);
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
