using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Garam.Platform.Notifications.Mail;

/// <summary>
/// A mail as it goes over the wire (RFC 5322): UTF-8 text and HTML as alternatives (RFC 2046), names and subject as encoded words (RFC 2047),
/// bodies in base64, so that no line is too long, begins with a dot or needs an 8-bit server.
/// </summary>
internal static class MailText
{
    /// <summary>Bytes of an encoded word: in base64, with <c>=?utf-8?B?</c>, <c>?=</c> and the header's name, a line has at most 76 characters.</summary>
    private const int WordBytesMax = 39;

    /// <param name="id">Becomes the Message-ID: mailboxes and lists know a repeated mail by it.</param>
    public static byte[] Write(MailAddress from, IReadOnlyList<MailAddress> to, NotificationText text, string id, DateTimeOffset date)
    {
        var boundary = "=_garam_" + id;
        var mail = new StringBuilder();
        Head("From", Address(from));
        Head("To", string.Join(",\r\n ", to.Select(Address)));
        Head("Subject", Words(text.Subject));
        Head("Date", date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
        Head("Message-ID", $"<{id}@{Domain(from)}>");
        Head("MIME-Version", "1.0");

        // RFC 3834: out-of-office answers and the like leave it alone.
        Head("Auto-Submitted", "auto-generated");
        Head("Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
        mail.Append("\r\n");
        Part("text/plain", text.Text.ReplaceLineEndings("\r\n"));
        Part("text/html", text.Html);
        mail.Append("--").Append(boundary).Append("--");
        return Encoding.ASCII.GetBytes(mail.ToString());

        void Head(string name, string value) => mail.Append(name).Append(": ").Append(value).Append("\r\n");

        void Part(string type, string content) => mail
            .Append("--").Append(boundary).Append("\r\nContent-Type: ").Append(type).Append("; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
    }

    /// <summary>Text for a header line: as it is when it is plain ASCII, else encoded words of whole characters, each on a line of its own.</summary>
    public static string Words(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~') && text.Length <= 70 && !text.Contains("=?", StringComparison.Ordinal))
            return text;
        var words = new StringBuilder();
        var word = new List<byte>(WordBytesMax);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            // A line break would begin a header of its own.
            var length = (Rune.IsControl(rune) ? new Rune(' ') : rune).EncodeToUtf8(bytes);
            if (word.Count + length > WordBytesMax)
                Flush();
            word.AddRange(bytes[..length]);
        }

        Flush();
        return words.ToString();

        void Flush()
        {
            words.Append(words.Length == 0 ? "" : "\r\n ").Append("=?utf-8?B?").Append(Convert.ToBase64String([.. word])).Append("?=");
            word.Clear();
        }
    }

    /// <summary>The domain in ASCII, as every server takes it.</summary>
    public static string Ascii(MailAddress address) => $"{address.User}@{Domain(address)}";

    private static string Address(MailAddress address)
    {
        if (address.DisplayName.Length == 0)
            return $"<{Ascii(address)}>";
        var name = Words(address.DisplayName);
        var isPlain = name == address.DisplayName;
        return isPlain ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{Ascii(address)}>" : $"{name}\r\n <{Ascii(address)}>";
    }

    private static string Domain(MailAddress address) =>
        address.Host.StartsWith('[') || address.Host.All(char.IsAscii) ? address.Host : new IdnMapping().GetAscii(address.Host);
}
