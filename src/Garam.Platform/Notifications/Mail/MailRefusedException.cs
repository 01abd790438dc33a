namespace Garam.Platform.Notifications.Mail;

/// <summary>The server refused, or speaks something else than SMTP.</summary>
internal sealed class MailRefusedException(string message, bool isPermanent) : Exception(message)
{
    /// <summary>Trying the same again is of no use.</summary>
    public bool IsPermanent => isPermanent;
}
