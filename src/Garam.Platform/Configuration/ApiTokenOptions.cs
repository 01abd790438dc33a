namespace Garam.Platform.Configuration;

/// <summary>A bearer token of a program or a person.</summary>
public sealed record ApiTokenOptions
{
    public string Name { get; set; } = "";

    public string Token { get; set; } = "";

    /// <summary><c>viewer</c> reads, <c>operator</c> also sends and retries, <c>administrator</c> also changes the registry and specs.</summary>
    public string Role { get; set; } = "viewer";
}
