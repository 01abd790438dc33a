namespace Garam.Platform.Packs;

/// <summary>Hexadecimal as people paste it: from a datasheet, a hex view, a log line.</summary>
internal static class HexPaste
{
    /// <param name="wrongAt">Index of the first character that is no digit, or the text's length when a digit is missing at the end.</param>
    public static bool TryRead(string text, out byte[] bytes, out int wrongAt)
    {
        bytes = [];
        wrongAt = -1;
        var digits = new char[text.Length];
        var count = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            // 0x before the first byte, or before each as C writes them.
            if (letter == '0' && count % 2 == 0 && at + 1 < text.Length && text[at + 1] is 'x' or 'X')
            {
                at++;
            }
            else if (char.IsAsciiHexDigit(letter))
            {
                digits[count++] = letter;
            }
            else if (!IsSeparator(letter))
            {
                wrongAt = at;
                return false;
            }
        }

        if (count % 2 != 0)
        {
            wrongAt = text.Length;
            return false;
        }

        bytes = Convert.FromHexString(digits.AsSpan(0, count));
        return true;
    }

    private static bool IsSeparator(char letter) => char.IsWhiteSpace(letter) || letter is ':' or '-' or ',';
}
