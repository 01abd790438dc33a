using System.Net;
using System.Text;

namespace Garam.Platform.Notifications.Forms;

/// <summary>A mail's HTML in the making: what comes from devices and people only through <see cref="Escaped"/>.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup of the program's own.</summary>
    public HtmlText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Text; its line breaks stay.</summary>
    public HtmlText Escaped(string text)
    {
        _text.Append(WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>"));
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>A whole document around it.</summary>
    public string Document(string language) =>
        $"<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"></head><body style=\"font-family:sans-serif;color:#222\">{_text}</body></html>";
}
