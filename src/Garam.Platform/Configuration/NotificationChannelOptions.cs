namespace Garam.Platform.Configuration;

/// <summary>One way to reach people. Which keys it needs depends on <see cref="Type"/>.</summary>
public sealed record NotificationChannelOptions
{
    /// <summary>As routes name it.</summary>
    public string Name { get; set; } = "";

    /// <summary><c>email</c> or <c>webhook</c>; <c>mqtt</c> and <c>dashboard</c> are there without being configured.</summary>
    public string Type { get; set; } = "";

    /// <summary>Messages a minute at most; what waits longer is gathered into digests. 0: no limit.</summary>
    public int PerMinute { get; set; } = 10;

    /// <summary>When more than this many wait for one route and channel they go as one message; 0 sends each alone.</summary>
    public int DigestOver { get; set; } = 5;

    /// <summary>A send that takes longer is cut and tried again.</summary>
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>E-mail: the server.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary><c>required</c> (STARTTLS), <c>implicit</c> (TLS from the first byte, port 465) or <c>off</c>.</summary>
    public string Tls { get; set; } = "required";

    /// <summary>PEM file of the authority that signed the server's certificate, where this machine does not know it.</summary>
    public string CaFile { get; set; } = "";

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>File whose first line is the password.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>E-mail: the sender, <c>Garam &lt;garam@example.com&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>E-mail: addresses. SMS: telephone numbers, each a request of its own.</summary>
    public IList<string> To { get; init; } = [];

    /// <summary>Webhook: where to post.</summary>
    public string Url { get; set; } = "";

    /// <summary>File whose first line is the URL, for one that is a secret.</summary>
    public string UrlFile { get; set; } = "";

    /// <summary><c>json</c>, <c>slack</c> or <c>sms</c>.</summary>
    public string Format { get; set; } = "json";

    /// <summary>Webhook: headers of every request.</summary>
    public IList<NotificationHeaderOptions> Headers { get; init; } = [];

    /// <summary>SMS gateway: the body, with <c>{to}</c> and <c>{text}</c>; they are escaped for <see cref="ContentType"/>.</summary>
    public string Template { get; set; } = """{"to":"{to}","text":"{text}"}""";

    /// <summary>SMS gateway: <c>application/json</c> or <c>application/x-www-form-urlencoded</c>.</summary>
    public string ContentType { get; set; } = "application/json";
}
