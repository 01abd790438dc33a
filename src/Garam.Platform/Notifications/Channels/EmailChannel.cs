using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Garam.Platform.Configuration;
using Garam.Platform.Notifications.Mail;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Notifications.Channels;

/// <summary>E-mail over SMTP: one connection a mail, the message's key as Message-ID.</summary>
internal sealed class EmailChannel : INotificationChannel
{
    private readonly SmtpServer _server;
    private readonly string _user;
    private readonly string _password;
    private readonly MailAddress _from;
    private readonly IReadOnlyList<MailAddress> _to;
    private readonly ILogger _logger;

    /// <param name="options">Checked at start.</param>
    public EmailChannel(NotificationChannelOptions options, ILogger logger)
    {
        Name = options.Name;
        _logger = logger;
        X509Certificate2Collection? authority = null;
        if (options.CaFile.Length > 0)
        {
            authority = [];
            authority.ImportFromPemFile(options.CaFile);
        }

        _server = new SmtpServer(options.Host, options.Port, options.Tls, authority);
        _user = options.User;
        _password = SecretText.Of(options.Password, options.PasswordFile);
        _from = new MailAddress(options.From);
        _to = [.. options.To.Select(to => new MailAddress(to))];
    }

    public string Name { get; }

    public string Type => "email";

    public string Target => $"{_server.Host}:{_server.Port}";

    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        var mail = MailText.Write(_from, _to, message.Text, message.Key, DateTimeOffset.UnixEpoch.AddTicks(message.AtUs * 10));
        SmtpSession? session = null;
        try
        {
            session = await SmtpSession.ConnectAsync(_server, cancellation);
            if (_user.Length > 0)
                await session.SignInAsync(_user, _password, cancellation);
            var refused = await session.SendAsync(MailText.Ascii(_from), [.. _to.Select(MailText.Ascii)], mail, cancellation);
            if (refused.Count > 0)
                _logger.LogWarning("The channel '{Channel}' reached only some of its recipients; refused: {Refused}", Name, string.Join("; ", refused));
            return SendResult.Sent;
        }
        catch (MailRefusedException e)
        {
            return e.IsPermanent ? SendResult.Permanent($"{Target}: {e.Message}") : SendResult.Temporary($"{Target}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            return SendResult.Temporary($"{Target}: {e.Message}", mayHaveArrived: session?.IsHandedOver == true);
        }
        catch (OperationCanceledException) when (session?.IsHandedOver != true)
        {
            return SendResult.Temporary($"{Target}: no answer in time");
        }
        finally
        {
            if (session is not null)
                await session.DisposeAsync();
        }
    }
}
