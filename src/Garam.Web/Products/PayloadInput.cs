using Garam.Platform.Packs;

namespace Garam.Web.Products;

/// <summary>What the form for trying a payload holds.</summary>
/// <param name="Text">What was pasted.</param>
/// <param name="Model">The device's model; empty for none.</param>
/// <param name="Port">The application port; null for none.</param>
public sealed record PayloadInput(string Text, PayloadForm Form, string Model, int? Port)
{
    public static readonly PayloadInput Empty = new("", PayloadForm.Automatic, "", null);

    /// <summary>Characters that may be pasted: a payload of 256 KiB in hexadecimal with blanks between.</summary>
    public const int TextMax = 800_000;
}
