using System.Security.Cryptography.X509Certificates;

namespace Garam.Platform.Notifications.Mail;

/// <summary>Where mail is handed over, and how.</summary>
/// <param name="Tls"><c>required</c>, <c>implicit</c> or <c>off</c>.</param>
/// <param name="Authority">Who signed its certificate; null trusts whom this machine trusts.</param>
internal sealed record SmtpServer(string Host, int Port, string Tls, X509Certificate2Collection? Authority);
