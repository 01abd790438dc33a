using System.Globalization;
using Garam.Expressions;
using Garam.Platform.Devices;
using Garam.Platform.Rules;
using Garam.Platform.Rules.Versions;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Rules;

/// <summary>One ruleset: the rules of a version, all versions, what was done to it, and what may be done.</summary>
public sealed partial class RulePage
{
    private const int ChangesMax = 30;

    private CheckedRuleset _read = null!;
    private IReadOnlyList<RulesetVersion> _versions = [];
    private IReadOnlyList<RulesetChange> _changes = [];
    private TrialComparison? _trial;
    private long _lasting;
    private int? _former;

    [Parameter, EditorRequired]
    public RulesetEntry Entry { get; set; } = null!;

    /// <summary>The version whose rules are shown.</summary>
    [Parameter, EditorRequired]
    public RulesetVersion Shown { get; set; } = null!;

    [Parameter]
    public string? Said { get; set; }

    [Parameter]
    public Phrase? Detail { get; set; }

    [Inject]
    internal RulesetCatalog Catalog { get; set; } = null!;

    [Inject]
    internal RulesetAlarms Alarms { get; set; } = null!;

    [Inject]
    internal DeviceRegistry Registry { get; set; } = null!;

    protected override void OnParametersSet()
    {
        _read = Catalog.Check(Shown.Text, $"{Entry.Id} version {Text(Shown.Version)}");
        _versions = Catalog.Store.Versions(Entry.Id, int.MaxValue, RulePages.VersionsShownMax);
        _changes = Catalog.Store.Changes(Entry.Id, ChangesMax);
        _lasting = Alarms.Lasting().GetValueOrDefault(Entry.Id);
        _former = Catalog.FormerVersion(Entry.Id);
        _trial = Entry is { Standing.Trial: { } standing, InForce: { Trial: not null } inForce } ? TrialComparison.Of(inForce, standing, Alarms, Registry) : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private bool IsLive(RulesetVersion version) => Entry.Standing.State == RulesetState.Active && Entry.Standing.ActiveVersion == version.Version;

    private string Of(RulesetVersion version, string part) => $"{RulePages.AddressOf(Entry.Id)}{part}?version={Text(version.Version)}";

    private string Who(string by) => by == RulesetVersion.FileAuthor ? Visit["ruleset.by.file"] : by;
}
