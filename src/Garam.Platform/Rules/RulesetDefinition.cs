namespace Garam.Platform.Rules;

/// <summary>A ruleset as its file says it.</summary>
/// <param name="Id">Its id: what follows <c>ruleset:</c>.</param>
/// <param name="ProductId">The product whose readings it judges.</param>
/// <param name="Version">What follows <c>version:</c>; 1 when absent.</param>
/// <param name="AllowedLateness">How late a reading may be and still count in windows; null takes the platform's.</param>
/// <param name="Text">The whole file.</param>
public sealed record RulesetDefinition(
    string Id, string ProductId, int Version, TimeSpan? AllowedLateness, IReadOnlyList<RuleDefinition> Rules, string Text)
{
    public string? TitleEn { get; init; }

    public string? TitleKo { get; init; }
}
