using System.Data.Common;
using Dapper;
using Garam.Platform.Sql;

namespace Garam.Platform.Rules.Versions;

/// <summary>The rulesets' tables: how each stands, its versions, its history. A change of a standing and its line of history are one transaction.</summary>
/// <remarks>Thread-safe. One writer at a time is the caller's duty: numbers are given out by reading the largest.</remarks>
public sealed class RulesetStore(Database database)
{
    /// <summary>Versions kept of one ruleset, besides those in force or on trial: years of daily changes.</summary>
    internal const int VersionsMax = 1_000;

    /// <summary>Lines of history kept of one ruleset.</summary>
    internal const int ChangesMax = 5_000;

    private const string VersionColumns =
        "ruleset_id AS RulesetId, version AS Version, product_id AS ProductId, author AS Author, reason AS Reason, created_us AS CreatedUs, body AS Text";

    public IReadOnlyList<RulesetStanding> Standings()
    {
        using var connection = database.Connect();
        return [.. connection.Query<StandingRow>(
            """
            SELECT id AS Id, state AS State, active_version AS ActiveVersion, trial_version AS TrialVersion, trial_share AS TrialShare,
              trial_since_us AS TrialSinceUs, file AS File, file_hash AS FileHash, revision AS Revision, updated_us AS UpdatedUs
            FROM rulesets ORDER BY id
            """).Select(r => r.ToStanding())];
    }

    public RulesetVersion? Find(string id, int version)
    {
        using var connection = database.Connect();
        return connection.QuerySingleOrDefault<VersionRow>(
            $"SELECT {VersionColumns} FROM ruleset_versions WHERE ruleset_id = @id AND version = @version", new { id, version })?.ToVersion();
    }

    public RulesetVersion? Newest(string id)
    {
        using var connection = database.Connect();
        return connection.QuerySingleOrDefault<VersionRow>(
            $"SELECT {VersionColumns} FROM ruleset_versions WHERE ruleset_id = @id ORDER BY version DESC LIMIT 1", new { id })?.ToVersion();
    }

    /// <summary>Versions, newest first, without their texts.</summary>
    public IReadOnlyList<RulesetVersion> Versions(string id, int before, int limit)
    {
        using var connection = database.Connect();
        return [.. connection.Query<VersionRow>(
            """
            SELECT ruleset_id AS RulesetId, version AS Version, product_id AS ProductId, author AS Author, reason AS Reason, created_us AS CreatedUs
            FROM ruleset_versions WHERE ruleset_id = @id AND version < @before ORDER BY version DESC LIMIT @limit
            """,
            new { id, before, limit }).Select(r => r.ToVersion())];
    }

    /// <summary>The newest version without its text; null when there is none.</summary>
    public RulesetVersion? NewestInfo(string id) => Versions(id, int.MaxValue, 1) is [var newest, ..] ? newest : null;

    /// <summary>History, newest first.</summary>
    public IReadOnlyList<RulesetChange> Changes(string id, int limit = ChangesMax)
    {
        using var connection = database.Connect();
        return [.. connection.Query<ChangeRow>(
            """
            SELECT ruleset_id AS RulesetId, number AS Number, change AS Change, version AS Version, former_version AS FormerVersion, share AS Share,
              made_by AS MadeBy, reason AS Reason, at_us AS AtUs
            FROM ruleset_changes WHERE ruleset_id = @id ORDER BY number DESC LIMIT @limit
            """,
            new { id, limit }).Select(r => r.ToChange())];
    }

    /// <summary>Records, in one transaction, a standing with the changes that led to it and, where there is one, a new version.</summary>
    /// <param name="changes">Their numbers are given here.</param>
    internal void Save(RulesetStanding standing, RulesetVersion? version, IReadOnlyList<RulesetChange> changes)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            """
            INSERT INTO rulesets (id, state, active_version, trial_version, trial_share, trial_since_us, file, file_hash, revision, updated_us)
            VALUES (@Id, @State, @ActiveVersion, @TrialVersion, @TrialShare, @TrialSinceUs, @File, @FileHash, @Revision, @UpdatedUs)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, active_version = excluded.active_version,
              trial_version = excluded.trial_version, trial_share = excluded.trial_share, trial_since_us = excluded.trial_since_us,
              file = excluded.file, file_hash = excluded.file_hash, revision = excluded.revision, updated_us = excluded.updated_us
            """,
            StandingRow.Of(standing), transaction);
        if (version is not null)
            Add(version, standing, connection, transaction);
        var number = connection.ExecuteScalar<long>(
            "SELECT COALESCE(MAX(number), 0) FROM ruleset_changes WHERE ruleset_id = @Id", new { standing.Id }, transaction);
        foreach (var change in changes)
        {
            connection.Execute(
                """
                INSERT INTO ruleset_changes (ruleset_id, number, change, version, former_version, share, made_by, reason, at_us)
                VALUES (@RulesetId, @number, @kind, @Version, @FormerVersion, @Share, @By, @Reason, @AtUs)
                """,
                new { change.RulesetId, number = ++number, kind = change.Kind.ToString(), change.Version, change.FormerVersion, change.Share, change.By, change.Reason, change.AtUs },
                transaction);
        }

        connection.Execute(
            "DELETE FROM ruleset_changes WHERE ruleset_id = @Id AND number <= @last", new { standing.Id, last = number - ChangesMax }, transaction);
        transaction.Commit();
    }

    private static void Add(RulesetVersion version, RulesetStanding standing, DbConnection connection, DbTransaction transaction)
    {
        connection.Execute(
            """
            INSERT INTO ruleset_versions (ruleset_id, version, product_id, author, reason, created_us, body)
            VALUES (@RulesetId, @Version, @ProductId, @Author, @Reason, @CreatedUs, @Text)
            """,
            version, transaction);
        connection.Execute(
            """
            DELETE FROM ruleset_versions WHERE ruleset_id = @Id AND version <> @active AND version <> @trial AND version <= COALESCE(
              (SELECT version FROM ruleset_versions WHERE ruleset_id = @Id ORDER BY version DESC LIMIT 1 OFFSET @max), -1)
            """,
            new { standing.Id, active = standing.ActiveVersion ?? -1, trial = standing.Trial?.Version ?? -1, max = VersionsMax }, transaction);
    }

    private sealed class StandingRow
    {
        public string Id { get; init; } = "";
        public string State { get; init; } = "";
        public long? ActiveVersion { get; init; }
        public long? TrialVersion { get; init; }
        public double? TrialShare { get; init; }
        public long? TrialSinceUs { get; init; }
        public string? File { get; init; }
        public string? FileHash { get; init; }
        public long Revision { get; init; }
        public long UpdatedUs { get; init; }

        public static StandingRow Of(RulesetStanding s) => new()
        {
            Id = s.Id,
            State = s.State.ToString(),
            ActiveVersion = s.ActiveVersion,
            TrialVersion = s.Trial?.Version,
            TrialShare = s.Trial?.Share,
            TrialSinceUs = s.Trial?.SinceUs,
            File = s.File,
            FileHash = s.FileHash,
            Revision = s.Revision,
            UpdatedUs = s.UpdatedUs,
        };

        public RulesetStanding ToStanding() => new(
            Id, Enum.Parse<RulesetState>(State), (int?)ActiveVersion,
            TrialVersion is { } trial ? new RulesetTrialStanding((int)trial, TrialShare ?? 0, TrialSinceUs ?? 0) : null,
            File, FileHash, (int)Revision, UpdatedUs);
    }

    private sealed class VersionRow
    {
        public string RulesetId { get; init; } = "";
        public long Version { get; init; }
        public string ProductId { get; init; } = "";
        public string Author { get; init; } = "";
        public string Reason { get; init; } = "";
        public long CreatedUs { get; init; }
        public string Text { get; init; } = "";

        public RulesetVersion ToVersion() => new(RulesetId, (int)Version, ProductId, Author, Reason, CreatedUs, Text);
    }

    private sealed class ChangeRow
    {
        public string RulesetId { get; init; } = "";
        public long Number { get; init; }
        public string Change { get; init; } = "";
        public long? Version { get; init; }
        public long? FormerVersion { get; init; }
        public double? Share { get; init; }
        public string MadeBy { get; init; } = "";
        public string Reason { get; init; } = "";
        public long AtUs { get; init; }

        public RulesetChange ToChange() => new(
            RulesetId, (int)Number, Enum.Parse<RulesetChangeKind>(Change), (int?)Version, (int?)FormerVersion, Share, MadeBy, Reason, AtUs);
    }
}
