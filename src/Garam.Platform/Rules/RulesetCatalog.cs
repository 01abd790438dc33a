using System.Data.Common;
using Garam.Decoding.Specs;
using Garam.Expressions;
using Garam.Platform.Packs;
using Garam.Platform.Rest;
using Garam.Platform.Rules.Versions;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Rules;

/// <summary>
/// The rulesets: which versions there are, which is in force, which is on trial, and who decided so.
/// <list type="number">
/// <item>In force is what was last put in force, by a changed file or by a person. A file that is as it was last taken over changes nothing, so
/// that a restart undoes nobody's decision.</item>
/// <item>What does not fit today's product is not in force, and says why; it is again as soon as it fits.</item>
/// <item>A decision is on disk, with who and why, before it has an effect.</item>
/// <item>Another live version ends a trial: its two arms could not be compared any more.</item>
/// </list>
/// </summary>
/// <remarks>Thread-safe. Changes happen one after the other under one lock; readers see either the old setting or the new one.</remarks>
public sealed class RulesetCatalog : IAsyncDisposable
{
    /// <summary>Rulesets kept, the deleted ones included: far more than there are products.</summary>
    internal const int RulesetsMax = 1_000;

    private readonly RulesetStore _store;
    private readonly RulesetCheck _check;
    private readonly PackCatalog _packs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly MissingAlarmClearing _clearing;
    private readonly RulesetReading _reading;
    private readonly RulesetFiles _files;
    private readonly Lock _changing = new();
    private readonly Dictionary<string, RulesetEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private RuleSetting _current = RuleSetting.Empty;
    private IReadOnlyList<SpecProblem> _fileProblems = [];

    /// <param name="clearMissing">Clears the alarms of a ruleset whose rules are not among these.</param>
    internal RulesetCatalog(
        RulesetStore store, RulesetCheck check, PackCatalog packs, Func<string, IReadOnlySet<string>, Task> clearMissing, TimeProvider time, ILogger logger)
    {
        _store = store;
        _check = check;
        _packs = packs;
        _time = time;
        _logger = logger;
        _clearing = new MissingAlarmClearing(clearMissing, time, logger);
        _reading = new RulesetReading(store, check);
        _files = new RulesetFiles(this);
        lock (_changing)
        {
            foreach (var standing in store.Standings())
            {
                _entries[standing.Id] = _reading.Entry(standing, null, packs.Current);
                // The change that removed a rule may have been the last thing before a crash.
                _touched.Add(standing.Id);
            }
        }

        packs.Changed += OnPacks;
        OnPacks(packs.Current);
    }

    /// <summary>Raised after another setting is in force, on the thread that made it so.</summary>
    public event Action<RuleSetting>? Changed;

    /// <summary>What is in force. Immutable; a change makes a new one.</summary>
    public RuleSetting Current => Volatile.Read(ref _current);

    /// <summary>What is wrong in files; what they brought before stays in force.</summary>
    public IReadOnlyList<SpecProblem> FileProblems => [.. _packs.Current.Problems.Where(RulesetFiles.IsOfRuleset), .. Volatile.Read(ref _fileProblems)];

    public RulesetStore Store => _store;

    /// <summary>All rulesets but the deleted ones, by id.</summary>
    public IReadOnlyList<RulesetEntry> Entries
    {
        get
        {
            lock (_changing)
                return [.. _entries.Values.Where(e => e.Standing.State != RulesetState.Deleted).OrderBy(e => e.Id, StringComparer.Ordinal)];
        }
    }

    public RulesetEntry? Find(string id)
    {
        lock (_changing)
            return _entries.GetValueOrDefault(id);
    }

    /// <summary>Checks a text against today's packs; nothing is kept.</summary>
    public CheckedRuleset Check(string text, string file) => _check.Check(text, file, _packs.Current);

    /// <summary>The rulesets in force that a product would put out of force if it were as given, each with what does not fit.</summary>
    public IReadOnlyList<(string Ruleset, IReadOnlyList<SpecProblem> Problems)> Misfits(Product product) =>
        [.. Current.Rulesets.Where(r => r.Definition.ProductId == product.Id)
            .Select(r => (r.Definition.Id, _check.Check(r.Definition, $"{r.Definition.Id} version {r.Version}", product).Problems))
            .Where(r => r.Problems.Count > 0)];

    /// <summary>Records a text as a new version; the newest version's text again is that version.</summary>
    /// <param name="author">Who wrote it.</param>
    /// <param name="activate">Whether to put it in force.</param>
    public RulesetOutcome Put(string id, string text, string author, bool activate, RulesetDecision decision)
    {
        var read = Check(text, id + ".yaml");
        var problems = read.Problems;
        if (read.Definition is { } definition && definition.Id != id)
            problems = [.. problems, new SpecProblem(id + ".yaml", 1, 1, $"the text is of the ruleset `{definition.Id}`, not `{id}`", $"Write ruleset: {id}, or use its own address.")];
        if (problems.Count > 0)
            return RulesetOutcome.Refused(RulesetRefusal.Invalid, Lines(problems), problems);
        lock (_changing)
        {
            var former = _entries.GetValueOrDefault(id);
            if (former is null && _entries.Count >= RulesetsMax)
                return RulesetOutcome.Refused(RulesetRefusal.Full, $"There are {RulesetsMax} rulesets already, the deleted ones included.");
            if (Stale(former, decision) is { } stale)
                return stale;
            var outcome = Record(former, read.Definition!, text, author, activate, decision, null);
            Publish();
            return outcome;
        }
    }

    /// <summary>Puts a recorded version in force.</summary>
    public RulesetOutcome Activate(string id, int version, RulesetDecision decision) =>
        Change(id, decision, former => Activate(former, version, RulesetChangeKind.Activated, decision));

    /// <summary>Puts the version in force that was so before the present one.</summary>
    public RulesetOutcome Rollback(string id, RulesetDecision decision) => Change(id, decision, former =>
        FormerVersion(id) is { } version
            ? Activate(former, version, RulesetChangeKind.RolledBack, decision)
            : RulesetOutcome.Refused(RulesetRefusal.Unfitting, $"No other version of '{id}' was in force before; there is nothing to roll back to."));

    /// <summary>The version that a rollback puts in force; null when there is none.</summary>
    public int? FormerVersion(string id) => RulesetHistory.FormerVersion(_store.Changes(id));

    /// <summary>Lets a recorded version judge a share of the devices instead of the live one.</summary>
    /// <param name="share">Above 0, below 1.</param>
    public RulesetOutcome StartTrial(string id, int version, double share, RulesetDecision decision) => Change(id, decision, former =>
    {
        var standing = former.Standing;
        if (standing.State != RulesetState.Active || standing.ActiveVersion is not { } active)
            return RulesetOutcome.Refused(RulesetRefusal.Unfitting, $"'{id}' is not in force; a trial compares with the live version. Activate one first.");
        if (version == active)
            return RulesetOutcome.Refused(RulesetRefusal.Unfitting, $"Version {version} is the live one; try another against it.");
        if (Fit(id, version) is { } misfit)
            return misfit;
        var next = Next(standing) with { Trial = new RulesetTrialStanding(version, share, NowUs()) };
        return Save(
            next, null, version, [.. EndOfTrial(standing, decision), decision.Line(next, RulesetChangeKind.TrialStarted, version, active, share)]);
    });

    public RulesetOutcome EndTrial(string id, RulesetDecision decision) => Change(id, decision, former =>
        former.Standing.Trial is { } trial
            ? Save(Next(former.Standing) with { Trial = null }, null, trial.Version, [.. EndOfTrial(former.Standing, decision)])
            : RulesetOutcome.Refused(RulesetRefusal.NotFound, $"'{id}' has no trial."));

    /// <summary>Takes a ruleset out of force until somebody activates a version again.</summary>
    public RulesetOutcome Disable(string id, RulesetDecision decision) => Leave(id, RulesetState.Disabled, RulesetChangeKind.Disabled, decision);

    /// <summary>Takes a ruleset out of force and off the list. Versions and history stay; putting it again brings it back.</summary>
    public RulesetOutcome Delete(string id, RulesetDecision decision) => Leave(id, RulesetState.Deleted, RulesetChangeKind.Deleted, decision);

    public async ValueTask DisposeAsync()
    {
        _packs.Changed -= OnPacks;
        await _clearing.DisposeAsync();
    }

    /// <summary>Records a text that has been checked. Under the lock.</summary>
    /// <param name="file">The file it is from, and the hash of it; null when it is from none.</param>
    internal RulesetOutcome Record(
        RulesetEntry? former, RulesetDefinition definition, string text, string author, bool activate, RulesetDecision decision,
        (string Path, string Hash)? file)
    {
        var newest = _store.Newest(definition.Id);
        var isNew = newest is null || newest.Text != text;
        var number = !isNew ? newest!.Version : NumberOf(definition, newest?.Version ?? 0);
        var version = isNew ? new RulesetVersion(definition.Id, number, definition.ProductId, author, decision.Reason, NowUs(), text) : null;
        var standing = former is null ? new RulesetStanding(definition.Id, RulesetState.Draft, null, null, null, null, 1, NowUs()) : Next(former.Standing);
        if (file is { } source)
            standing = standing with { File = source.Path, FileHash = source.Hash };
        if (standing.State == RulesetState.Deleted)
            standing = standing with { State = RulesetState.Draft };
        var lines = new List<RulesetChange>();
        if (isNew)
            lines.Add(decision.Line(standing, RulesetChangeKind.Recorded, number, null));
        if (activate)
            standing = InForce(standing, number, RulesetChangeKind.Activated, decision, lines);
        return Save(standing, version, number, [.. lines]);
    }

    /// <summary>Saves a standing with its history; it has effect with the next <see cref="Publish"/>. Under the lock.</summary>
    internal RulesetOutcome Save(RulesetStanding standing, RulesetVersion? added, int version, params RulesetChange[] lines)
    {
        _store.Save(standing, added, lines);
        var former = _entries.GetValueOrDefault(standing.Id);
        _entries[standing.Id] = _reading.Entry(standing, former, _packs.Current);
        foreach (var line in lines)
            _logger.LogInformation("Ruleset {Ruleset}: {Change} version {Version} by {By}: {Reason}", standing.Id, line.Kind, line.Version, line.By, line.Reason);
        _touched.Add(standing.Id);
        return RulesetOutcome.Done(standing, version);
    }

    internal RulesetDecision DecisionOfFile(string reason) => new(RulesetVersion.FileAuthor, reason, NowUs());

    internal RulesetStanding Next(RulesetStanding standing) => standing with { Revision = standing.Revision + 1, UpdatedUs = NowUs() };

    private static int NumberOf(RulesetDefinition definition, int newest)
    {
        // A file may number its versions; a slip of the finger must not use the numbers up.
        const int namedMax = 1_000_000_000;
        return definition.Version > newest && definition.Version <= namedMax ? definition.Version : newest + 1;
    }

    private static RulesetOutcome? Stale(RulesetEntry? entry, RulesetDecision decision) =>
        decision.Revision is { } seen && seen != (entry?.Standing.Revision ?? 0)
            ? RulesetOutcome.Refused(RulesetRefusal.Changed, $"The ruleset has changed since revision {seen}; it is at {entry?.Standing.Revision ?? 0} now. Look again and decide.")
            : null;

    /// <summary>The lines of history that tell the end of a trial; empty when there is none.</summary>
    internal static List<RulesetChange> EndOfTrial(RulesetStanding standing, RulesetDecision decision) => standing.Trial is { } trial
        ? [decision.Line(standing, RulesetChangeKind.TrialEnded, trial.Version, standing.ActiveVersion, trial.Share)]
        : [];

    private static RulesetStanding InForce(RulesetStanding standing, int version, RulesetChangeKind kind, RulesetDecision decision, List<RulesetChange> lines)
    {
        if (standing.State == RulesetState.Active && standing.ActiveVersion == version)
            return standing;
        lines.AddRange(EndOfTrial(standing, decision));
        lines.Add(decision.Line(standing, kind, version, standing.ActiveVersion));
        return standing with { State = RulesetState.Active, ActiveVersion = version, Trial = null };
    }

    private RulesetOutcome Change(string id, RulesetDecision decision, Func<RulesetEntry, RulesetOutcome> change)
    {
        lock (_changing)
        {
            if (!_entries.TryGetValue(id, out var entry))
                return RulesetOutcome.Refused(RulesetRefusal.NotFound, $"There is no ruleset '{id}'.");
            var outcome = Stale(entry, decision) ?? change(entry);
            Publish();
            return outcome;
        }
    }

    private RulesetOutcome Activate(RulesetEntry former, int version, RulesetChangeKind kind, RulesetDecision decision)
    {
        if (Fit(former.Id, version) is { } misfit)
            return misfit;
        var lines = new List<RulesetChange>();
        var next = InForce(Next(former.Standing), version, kind, decision, lines);
        return lines.Count == 0 ? RulesetOutcome.Done(former.Standing, version) : Save(next, null, version, [.. lines]);
    }

    private RulesetOutcome Leave(string id, RulesetState state, RulesetChangeKind kind, RulesetDecision decision) => Change(id, decision, former =>
    {
        if (former.Standing.State == state)
            return RulesetOutcome.Done(former.Standing, former.Standing.ActiveVersion ?? 0);
        var lines = EndOfTrial(former.Standing, decision);
        lines.Add(decision.Line(former.Standing, kind, null, former.Standing.ActiveVersion));
        return Save(Next(former.Standing) with { State = state, Trial = null }, null, former.Standing.ActiveVersion ?? 0, [.. lines]);
    });

    /// <summary>Why a version may not be in force; null when it may.</summary>
    private RulesetOutcome? Fit(string id, int version)
    {
        if (_reading.Version(id, version, _packs.Current) is not { } read)
            return RulesetOutcome.Refused(RulesetRefusal.NotFound, $"'{id}' has no version {version}.");
        return read.IsFit
            ? null
            : RulesetOutcome.Refused(
                RulesetRefusal.DoesNotFit, $"Version {version} of '{id}' does not fit today's product:\n{Lines(read.Problems)}", read.Problems);
    }

    private static Phrase Lines(IReadOnlyList<SpecProblem> problems) => problems.Select(problem => problem.Said).Aggregate((above, next) => $"{above}\n{next}");

    private void OnPacks(PackSet packs)
    {
        lock (_changing)
        {
            foreach (var entry in _entries.Values.ToList())
            {
                var next = _entries[entry.Id] = _reading.Again(entry, packs);
                foreach (var problem in next.Problems.Except(entry.Problems))
                    _logger.LogWarning("Ruleset {Ruleset} is not in force any more: {Problem}", entry.Id, problem);
                if (next.InForce is not null && entry.InForce is null)
                    _touched.Add(entry.Id);
            }

            var problems = TakeOverFiles(packs);
            foreach (var problem in problems.Except(_fileProblems))
                _logger.LogWarning("{Problem} The former rules, if there were any, stay in force.", problem);
            Volatile.Write(ref _fileProblems, problems);
            Publish();
        }
    }

    private IReadOnlyList<SpecProblem> TakeOverFiles(PackSet packs)
    {
        try
        {
            return _files.TakeOver(packs, _entries);
        }
        catch (DbException e)
        {
            // The disk is full or stuck. The files stay as they are and are looked at again with the next change, or after a restart.
            _logger.LogError(e, "Changed rulesets cannot be recorded; what was in force stays in force. Check the disk of the data folder.");
            return [new SpecProblem("rulesets", 1, 1, $"changed files cannot be recorded ({e.Message})", $"Check the disk of the data folder, then save a file again.")];
        }
    }

    private void Publish()
    {
        foreach (var id in _touched)
        {
            if (_entries[id].RuleIds() is { } ids)
                _clearing.Want(id, ids);
        }

        _touched.Clear();
        List<ActiveRuleset> rulesets = [.. _entries.Values.OrderBy(e => e.Id, StringComparer.Ordinal).Select(e => e.InForce).OfType<ActiveRuleset>()];
        if (rulesets.SequenceEqual(_current.Rulesets, ReferenceEqualityComparer.Instance))
            return;
        var next = new RuleSetting(rulesets);
        Volatile.Write(ref _current, next);
        Changed?.Invoke(next);
    }

    private long NowUs() => TimeParameter.ToUs(_time.GetUtcNow());
}
