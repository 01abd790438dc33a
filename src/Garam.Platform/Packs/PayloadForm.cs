namespace Garam.Platform.Packs;

/// <summary>How a pasted payload is to be read.</summary>
public enum PayloadForm
{
    /// <summary>As the spec's format suggests: hexadecimal for bytes, else the text itself.</summary>
    Automatic,

    /// <summary>Pairs of hexadecimal digits, with or without <c>0x</c>, blanks, colons or line ends between them.</summary>
    Hex,

    /// <summary>The text itself, UTF-8.</summary>
    Text,
}
