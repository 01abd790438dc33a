namespace Garam.Platform.Configuration;

/// <summary>Who may use the API. With at least one token every request must carry one.</summary>
public sealed record IdentityOptions
{
    public IList<ApiTokenOptions> Tokens { get; init; } = [];
}
