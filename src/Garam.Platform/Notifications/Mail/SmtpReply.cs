namespace Garam.Platform.Notifications.Mail;

/// <summary>A server's reply (RFC 5321 §4.2): three digits and text.</summary>
internal readonly record struct SmtpReply(int Code, string Text)
{
    public bool IsPositive => Code is >= 200 and < 400;

    /// <summary>5yz: the same again will not help.</summary>
    public bool IsPermanent => Code >= 500;

    public override string ToString() => $"{Code} {Text}";
}
