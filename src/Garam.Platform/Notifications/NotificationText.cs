namespace Garam.Platform.Notifications;

/// <summary>An alarm as told to people.</summary>
/// <param name="Subject">A mail's subject: one line.</param>
/// <param name="Text">Plain text of some lines: mail, chat.</param>
/// <param name="Html">A whole HTML document; everything from devices and people is escaped.</param>
/// <param name="Short">One line for an SMS.</param>
public sealed record NotificationText(string Subject, string Text, string Html, string Short);
