using System.Globalization;
using Garam.Platform.Packs;
using Garam.Web.Editing;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Products;

/// <summary>The page's one form: the text, what it began with, and the payload to try.</summary>
/// <param name="Seen">The hash of the saved text that the editor began with; empty for a new product.</param>
internal sealed record ProductForm(string Text, string Seen, PayloadInput Payload)
{
    public static ProductForm Of(IFormCollection form) => new(
        EditedText.Of(form["text"]),
        form["seen"].ToString(),
        new PayloadInput(
            EditedText.Of(form["payload"]),
            form["form"].ToString() switch { "hex" => PayloadForm.Hex, "text" => PayloadForm.Text, _ => PayloadForm.Automatic },
            form["model"].ToString(),
            int.TryParse(form["port"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null));
}
