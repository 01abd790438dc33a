using Garam.Platform.Rules;
using Garam.Platform.Rules.Versions;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Rules;

/// <summary>The rulesets: what is in force, on trial, and who changed them last.</summary>
public sealed partial class RulesetsPage
{
    private IReadOnlyList<RulesetRow> _rows = [];

    [Inject]
    internal RulesetCatalog Catalog { get; set; } = null!;

    [Inject]
    internal RulesetAlarms Alarms { get; set; } = null!;

    protected override void OnInitialized()
    {
        var lasting = Alarms.Lasting();
        _rows = [.. Catalog.Entries.Select(e => new RulesetRow(
            e, e.Active?.Definition?.ProductId ?? Catalog.Store.NewestInfo(e.Id)?.ProductId ?? "", e.Active?.Definition?.Rules.Count, lasting.GetValueOrDefault(e.Id),
            Catalog.Store.Changes(e.Id, 1) is [var last, ..] ? last : null))];
    }

    private string? Title(RulesetEntry entry) =>
        entry.Active?.Definition is { } definition && (definition.TitleEn ?? definition.TitleKo) is not null
            ? Visit.Choose(definition.TitleEn ?? definition.TitleKo!, definition.TitleKo ?? "")
            : null;

    private string Who(string by) => by == RulesetVersion.FileAuthor ? Visit["ruleset.by.file"] : by;
}
