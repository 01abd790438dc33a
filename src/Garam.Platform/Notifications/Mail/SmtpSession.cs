using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Garam.Platform.Notifications.Mail;

/// <summary>
/// One conversation with a mail server (RFC 5321; STARTTLS of RFC 3207; AUTH of RFC 4954 with PLAIN and LOGIN): connect, send one mail, leave.
/// </summary>
/// <remarks>
/// Not the framework's SmtpClient: that one knows neither a certificate authority of its own nor TLS from the first byte, and does not tell a
/// refusal before the mail was handed over from a connection that broke after it, on which repeating depends.
/// </remarks>
internal sealed class SmtpSession : IAsyncDisposable
{
    /// <summary>RFC 5321 §4.5.3.1.5 has 512 octets a line; servers write more.</summary>
    private const int LineBytesMax = 4_096;

    private const int ReplyLinesMax = 100;

    private readonly TcpClient _client;
    private readonly byte[] _buffer = new byte[LineBytesMax];
    private Stream _stream;
    private int _start;
    private int _end;
    private HashSet<string> _extensions = [];

    private SmtpSession(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    /// <summary>True once the mail's last byte has been handed over: from here on it may have arrived, whatever follows.</summary>
    public bool IsHandedOver { get; private set; }

    /// <summary>Connects, greets, and turns on TLS as the options want.</summary>
    /// <exception cref="MailRefusedException">Refused.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="SocketException">Nobody there.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not trusted.</exception>
    public static async Task<SmtpSession> ConnectAsync(SmtpServer server, CancellationToken cancellation)
    {
        var client = new TcpClient();
        SmtpSession? session = null;
        try
        {
            await client.ConnectAsync(server.Host, server.Port, cancellation);
            session = new SmtpSession(client);
            await session.OpenAsync(server, cancellation);
            return session;
        }
        catch
        {
            if (session is not null)
                await session._stream.DisposeAsync();
            client.Dispose();
            throw;
        }
    }

    /// <summary>Signs in.</summary>
    public async Task SignInAsync(string user, string password, CancellationToken cancellation)
    {
        var methods = _extensions.FirstOrDefault(e => e.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase))?.Split(' ')[1..] ?? [];
        if (methods.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            await ExpectAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", "AUTH", cancellation);
            return;
        }

        if (!methods.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
            throw new MailRefusedException($"the server offers no way to sign in that is known here ({string.Join(' ', methods)}); PLAIN and LOGIN are", isPermanent: false);
        await ExpectAsync("AUTH LOGIN", "AUTH", cancellation);
        await ExpectAsync(Base64(user), "the user name", cancellation);
        await ExpectAsync(Base64(password), "the password", cancellation);
    }

    /// <summary>Hands over one mail.</summary>
    /// <param name="mail">Lines end in CRLF and none begins with a dot.</param>
    /// <returns>Recipients that the server refused, with its words; at least one was taken.</returns>
    public async Task<IReadOnlyList<string>> SendAsync(string from, IReadOnlyList<string> to, byte[] mail, CancellationToken cancellation)
    {
        await ExpectAsync($"MAIL FROM:<{from}>", "the sender", cancellation);
        var refused = new List<(string To, SmtpReply Reply)>();
        foreach (var recipient in to)
        {
            if (await AskAsync($"RCPT TO:<{recipient}>", cancellation) is { IsPositive: false } reply)
                refused.Add((recipient, reply));
        }

        // When all were refused only for now it is tried again.
        if (refused.Count == to.Count)
            throw new MailRefusedException($"every recipient was refused: {refused[0].Reply}", refused.All(r => r.Reply.IsPermanent));
        await ExpectAsync("DATA", "DATA", cancellation);
        await _stream.WriteAsync(mail, cancellation);
        IsHandedOver = true;
        await _stream.WriteAsync("\r\n.\r\n"u8.ToArray(), cancellation);
        await _stream.FlushAsync(cancellation);
        if (await ReadReplyAsync(cancellation) is { IsPositive: false } answer)
        {
            IsHandedOver = false;
            throw new MailRefusedException($"the mail was refused: {answer}", answer.IsPermanent);
        }

        return [.. refused.Select(r => $"{r.To}: {r.Reply}")];
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // A polite end; the mail's fate is settled, so an answer is not waited for.
            await _stream.WriteAsync("QUIT\r\n"u8.ToArray(), new CancellationToken(canceled: !_client.Connected));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side has left already.
        }

        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private async Task OpenAsync(SmtpServer server, CancellationToken cancellation)
    {
        if (server.Tls == "implicit")
            await SecureAsync(server, cancellation);
        Check(await ReadReplyAsync(cancellation), "the greeting");
        await GreetAsync(cancellation);
        if (server.Tls != "required")
            return;
        if (!_extensions.Contains("STARTTLS"))
            throw new MailRefusedException("the server does not offer STARTTLS, which tls: required demands", isPermanent: false);
        await ExpectAsync("STARTTLS", "STARTTLS", cancellation);

        // What came in the clear behind the answer is not believed (CVE-2011-0411).
        if (_start != _end)
            throw new MailRefusedException("the server went on talking before TLS began", isPermanent: false);
        await SecureAsync(server, cancellation);
        await GreetAsync(cancellation);
    }

    private async Task SecureAsync(SmtpServer server, CancellationToken cancellation)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = server.Host };
        if (server.Authority is { } authority)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authority);
        }

        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        await secured.AuthenticateAsClientAsync(options, cancellation);
    }

    private async Task GreetAsync(CancellationToken cancellation)
    {
        var reply = await AskAsync($"EHLO {HostName()}", cancellation);
        Check(reply, "EHLO");
        _extensions = reply.Text.Split('\n').Skip(1).Select(line => line.Trim().Replace("AUTH=", "AUTH ", StringComparison.OrdinalIgnoreCase))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private async Task ExpectAsync(string line, string what, CancellationToken cancellation) => Check(await AskAsync(line, cancellation), what);

    // The password goes out in a line of its own: errors name what was asked, never the line. A wrong password or a missing right is mended by
    // people while the mails wait: only what concerns one mail alone, its recipients and its content, is ever refused for good.
    private static void Check(SmtpReply reply, string what)
    {
        if (!reply.IsPositive)
            throw new MailRefusedException($"{what} was refused: {reply}", isPermanent: false);
    }

    private async Task<SmtpReply> AskAsync(string line, CancellationToken cancellation)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellation);
        await _stream.FlushAsync(cancellation);
        return await ReadReplyAsync(cancellation);
    }

    private async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellation)
    {
        var text = new StringBuilder();
        for (var lines = 0; lines < ReplyLinesMax; lines++)
        {
            var line = await ReadLineAsync(cancellation);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new MailRefusedException("this is no mail server: it answers something else than SMTP", isPermanent: false);
            text.Append(text.Length == 0 ? "" : "\n").Append(line.AsSpan(Math.Min(4, line.Length)));
            if (line.Length == 3 || line[3] != '-')
                return new SmtpReply(code, text.ToString());
        }

        throw new MailRefusedException($"a reply of more than {ReplyLinesMax} lines", isPermanent: false);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n') is var length and >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length)
                throw new MailRefusedException($"a line of more than {LineBytesMax} bytes", isPermanent: false);
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0)
                throw new IOException("the server closed the connection");
            _end += read;
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // Some servers refuse a name that is none; an address literal always is one (RFC 5321 §4.1.3).
    private static string HostName()
    {
        var name = Environment.MachineName;
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? name : "[127.0.0.1]";
    }
}
