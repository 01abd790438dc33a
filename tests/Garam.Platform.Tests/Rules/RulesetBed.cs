using Garam.Platform.Rules;
using Garam.Platform.Rules.Versions;
using Garam.Platform.Sql;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests.Rules;

/// <summary>A ruleset catalog on a real database and real files, with a product <c>boiler</c> that has a temperature and a pressure.</summary>
internal sealed class RulesetBed : IAsyncDisposable
{
    public const string Product = "product_type: boiler\nversion: 1\nformat: json\nconversion: {mapping: [{source: t, target: temperature, type: float}, {source: p, target: pressure, type: float}]}\n";

    private readonly TemporaryFolder _folder = new();
    private readonly TimeProvider _time;
    private PackFolders _packs;

    public RulesetBed(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _packs = new PackFolders(_folder, _time);
        WriteProduct(Product);
    }

    public RulesetCatalog Catalog { get; private set; } = null!;

    public PackCatalog Packs => _packs.Catalog;

    /// <summary>What was asked to be cleared: ruleset and the rules it has left.</summary>
    public List<(string Ruleset, string Rules)> Cleared { get; } = [];

    public static string Text(double limit = 60, int version = 1, string id = "heat", string more = "") => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"ruleset: {id}\nproduct: boiler\nversion: {version}\nrules:\n  - id: hot\n    type: threshold\n    when: temperature > {limit}\n    severity: high\n{more}");

    public static RulesetDecision By(string who, string reason = "", int? revision = null) => new(who, reason, ManualTime.StartUs, revision);

    public string WriteProduct(string text) => _packs.WriteProduct("plant", "boiler", text);

    public string WriteRuleset(string text, string name = "heat") => _packs.WriteRuleset("plant", name, text);

    public RulesetBed Open()
    {
        _packs.Open();
        Catalog = new RulesetCatalog(
            new RulesetStore(Database.Open(_folder.File("garam.db"))), new RulesetCheck(PackCode.None), _packs.Catalog, ClearAsync, _time, NullLogger.Instance);
        return this;
    }

    /// <summary>Ends and begins again on the same data, as after a restart.</summary>
    public async Task ReopenAsync()
    {
        await Catalog.DisposeAsync();
        _packs.Dispose();
        var again = new PackFolders(_folder, _time);
        foreach (var pack in _packs.Packs)
            again.Know(pack.Name);
        _packs = again;
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        if (Catalog is not null)
            await Catalog.DisposeAsync();
        _packs.Dispose();
        _folder.Dispose();
    }

    private Task ClearAsync(string ruleset, IReadOnlySet<string> rules)
    {
        lock (Cleared)
            Cleared.Add((ruleset, string.Join(' ', rules.Order(StringComparer.Ordinal))));
        return Task.CompletedTask;
    }
}
