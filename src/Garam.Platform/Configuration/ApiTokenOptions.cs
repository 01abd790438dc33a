namespace Garam.Platform.Configuration;

/// <summary>A bearer token of a program or a person.</summary>
public sealed record ApiTokenOptions
{
    public string Name { get; set; } = "";

    public string Token { get; set; } = "";

    /// <summary><c>viewer</c> reads, <c>operator</c> also sends and retries, <c>engineer</c> also changes specs and rules, <c>administrator</c> everything.</summary>
    public string Role { get; set; } = "viewer";

    /// <summary>The one customer whose devices it sees; null sees all.</summary>
    public string? Customer { get; set; }
}
