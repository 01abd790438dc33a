using System.Text;

namespace Garam.Web.Shell;

/// <summary>An address with its parameters; what is empty is left out.</summary>
/// <param name="path">What stands before the parameters.</param>
/// <param name="first">Between it and the first of them.</param>
internal sealed class AddressText(string path, char first = '?')
{
    private readonly StringBuilder _text = new(path);
    private char _separator = first;

    public AddressText Add(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return this;
        _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _separator = '&';
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>What stands in an address, without blanks around it and no longer than it may be.</summary>
    public static string Read(string? text, int max) => text is null ? "" : text.Length > max ? text[..max].Trim() : text.Trim();
}
