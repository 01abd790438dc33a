using Garam.Decoding.Specs;
using Garam.Platform.Rest;
using Garam.Platform.Rules.Versions;
using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Rules;

/// <summary>Rulesets as JSON.</summary>
internal static class RulesetView
{
    /// <param name="newest">The newest version, without its text.</param>
    public static object Summary(RulesetEntry entry, RulesetVersion? newest, long lasting) => new
    {
        id = entry.Id,
        state = Name(entry.Standing.State.ToString()),
        productId = entry.Active?.Definition?.ProductId ?? newest?.ProductId,
        version = entry.Standing.ActiveVersion,
        newestVersion = newest?.Version,
        inForce = entry.InForce is not null,
        rules = entry.Active?.Definition?.Rules.Count,
        trial = Trial(entry.Standing.Trial),
        lastingAlarms = lasting,
        problems = entry.Problems.Select(p => p.ToString()),
        notes = entry.Notes.Select(n => n.ToString()),
        file = entry.Standing.File is { } file ? Path.GetFileName(file) : null,
        revision = entry.Standing.Revision,
        updated = TimeParameter.Format(entry.Standing.UpdatedUs),
    };

    /// <param name="version">The active version, or the newest of a draft.</param>
    public static object Detail(RulesetEntry entry, RulesetVersion version, long lasting, RulesetCatalog catalog)
    {
        var read = entry.Active ?? catalog.Check(version.Text, $"{version.RulesetId} version {version.Version}");
        return new
        {
            id = entry.Id,
            state = Name(entry.Standing.State.ToString()),
            productId = version.ProductId,
            version = version.Version,
            inForce = entry.InForce is not null,
            author = version.Author,
            reason = version.Reason,
            trial = Trial(entry.Standing.Trial),
            lastingAlarms = lasting,
            problems = read.Problems.Concat(entry.Candidate?.Problems ?? []).Select(p => p.ToString()),
            notes = read.Notes.Select(n => n.ToString()),
            file = entry.Standing.File is { } file ? Path.GetFileName(file) : null,
            revision = entry.Standing.Revision,
            updated = TimeParameter.Format(entry.Standing.UpdatedUs),
            rules = read.Definition?.Rules.Select(Rule),
            text = version.Text,
        };
    }

    public static object Of(RulesetVersion version, RulesetStanding standing) => new
    {
        version = version.Version,
        productId = version.ProductId,
        author = version.Author,
        reason = version.Reason,
        created = TimeParameter.Format(version.CreatedUs),
        active = standing.State == RulesetState.Active && standing.ActiveVersion == version.Version,
        onTrial = standing.Trial?.Version == version.Version,
    };

    public static object WithText(RulesetVersion version, RulesetStanding standing) => new
    {
        id = version.RulesetId,
        version = version.Version,
        productId = version.ProductId,
        author = version.Author,
        reason = version.Reason,
        created = TimeParameter.Format(version.CreatedUs),
        active = standing.State == RulesetState.Active && standing.ActiveVersion == version.Version,
        onTrial = standing.Trial?.Version == version.Version,
        text = version.Text,
    };

    public static object Of(RulesetChange change) => new
    {
        number = change.Number,
        change = Name(change.Kind.ToString()),
        version = change.Version,
        formerVersion = change.FormerVersion,
        share = change.Share,
        by = change.By,
        reason = change.Reason,
        at = TimeParameter.Format(change.AtUs),
    };

    /// <summary>The answer to a change.</summary>
    public static object Of(RulesetStanding standing, int version, RulesetEntry? entry) => new
    {
        id = standing.Id,
        state = Name(standing.State.ToString()),
        version,
        activeVersion = standing.ActiveVersion,
        trial = Trial(standing.Trial),
        notes = (entry?.Notes ?? []).Select(n => n.ToString()),
        revision = standing.Revision,
    };

    public static object? Trial(RulesetTrialStanding? trial) =>
        trial is null ? null : new { version = trial.Version, share = trial.Share, since = TimeParameter.Format(trial.SinceUs) };

    public static IResult Invalid(IReadOnlyList<SpecProblem> problems) => Results.Problem(
        string.Join('\n', problems), statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: new Dictionary<string, object?> { ["code"] = "invalid-ruleset", ["problems"] = problems });

    private static object Rule(RuleDefinition rule) => new
    {
        id = rule.Id,
        type = Name(rule.Type.ToString()),
        severity = rule.Condition.Severity is { } severity ? Name(severity.ToString()) : null,
        title = rule.TitleEn is null && rule.TitleKo is null ? null : new { en = rule.TitleEn, ko = rule.TitleKo },
        enabled = rule.Condition.Enabled ?? true,
        when = rule.Condition.When?.Text,
        overrides = rule.Overrides.Count,
        line = rule.Line,
    };

    private static string Name(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
