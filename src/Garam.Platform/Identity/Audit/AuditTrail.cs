using Dapper;
using Garam.Platform.Rest;
using Garam.Platform.Sql;

namespace Garam.Platform.Identity.Audit;

/// <summary>Who changed what, when and from where. Entries are added and, past their retention, removed; nothing changes one.</summary>
/// <remarks>Thread-safe. An entry is in SQL when <see cref="Record(Caller, string, string, string?)"/> returns.</remarks>
public sealed class AuditTrail(Database database, TimeProvider time)
{
    private const string Columns = "id AS Id, at_us AS AtUs, actor AS Actor, address AS Address, action AS Action, subject AS Subject, detail AS Detail";

    private const string Insert = """
        INSERT INTO audit (id, at_us, actor, address, action, subject, detail)
        SELECT COALESCE(MAX(id), 0) + 1, @atUs, @actor, @address, @action, @subject, @detail FROM audit
        """;

    /// <summary>The action of a name and a password that were right.</summary>
    internal const string SignIn = "sign-in";

    /// <summary>A subject or detail is cut here: what a caller sends must not fill the table.</summary>
    private const int TextMax = 1_000;

    /// <param name="action">What was done, as <c>device.put</c>: the thing, a dot, the verb.</param>
    /// <param name="subject">The id of what was changed.</param>
    /// <param name="detail">What a reader needs beside it; never a secret.</param>
    public void Record(Caller caller, string action, string subject, string? detail = null) =>
        Record(caller.Principal.Name, caller.Address?.ToString(), action, subject, detail);

    /// <summary>The same for changes that come by no request.</summary>
    public void Record(string actor, string? address, string action, string subject, string? detail = null)
    {
        using var connection = database.Connect();
        connection.Execute(
            Insert,
            new { atUs = TimeParameter.ToUs(time.GetUtcNow()), actor, address, action, subject = Cut(subject), detail = Cut(detail) });
    }

    /// <summary>Many changes that one caller made at once: all of them are in the trail, or none.</summary>
    /// <param name="entries">Action, subject and detail of each, as of <see cref="Record(Caller, string, string, string?)"/>.</param>
    public void RecordAll(Caller caller, IEnumerable<(string Action, string Subject, string? Detail)> entries)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        var (atUs, actor, address) = (TimeParameter.ToUs(time.GetUtcNow()), caller.Principal.Name, caller.Address?.ToString());
        connection.Execute(Insert, entries.Select(e => new { atUs, actor, address, action = e.Action, subject = Cut(e.Subject), detail = Cut(e.Detail) }), transaction);
        transaction.Commit();
    }

    /// <summary>Entries before <paramref name="before"/>, newest first.</summary>
    /// <param name="actor">A name; that of a user takes in their tokens.</param>
    /// <param name="action">As <c>device.put</c>, or the thing alone, <c>device</c>, for all that was done to such.</param>
    public IReadOnlyList<AuditEntry> List(string? actor, string? action, string? subject, long fromUs, long toUs, long before, int limit)
    {
        using var connection = database.Connect();
        return [.. connection.Query<AuditEntry>(
            $"""
            SELECT {Columns} FROM audit
            WHERE id < @before AND at_us >= @fromUs AND at_us < @toUs AND (@actor IS NULL OR actor = @actor OR substr(actor, 1, length(@actor) + 1) = @actor || '/')
              AND (@action IS NULL OR action = @action OR substr(action, 1, length(@action) + 1) = @action || '.') AND (@subject IS NULL OR subject = @subject)
            ORDER BY id DESC LIMIT @limit
            """,
            new { actor, action, subject, fromUs, toUs, before, limit })];
    }

    /// <summary>What has been done in the newest entries, each once in order: for choosing from.</summary>
    public IReadOnlyList<string> RecentActions(int entries)
    {
        using var connection = database.Connect();
        return [.. connection.Query<string>(
            "SELECT DISTINCT action FROM (SELECT action FROM audit ORDER BY id DESC LIMIT @entries) AS recent ORDER BY action", new { entries })];
    }

    /// <summary>When each of these users last gave their password, Unix microseconds; those of whom the trail knows nothing are left out.</summary>
    public IReadOnlyDictionary<string, long> LastSignIns(IEnumerable<string> users)
    {
        using var connection = database.Connect();
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var user in users)
        {
            if (connection.ExecuteScalar<long?>("SELECT at_us FROM audit WHERE subject = @user AND action = @SignIn ORDER BY id DESC LIMIT 1", new { user, SignIn }) is { } at)
                found[user] = at;
        }

        return found;
    }

    /// <summary>Removes what is older or beyond the bound; returns how many went. The newest entry stays, so that ids go on rising.</summary>
    internal int Expire(long beforeUs, int entriesMax)
    {
        using var connection = database.Connect();
        return connection.Execute(
            """
            DELETE FROM audit WHERE id < (SELECT MAX(id) FROM audit)
              AND (at_us < @beforeUs OR id <= (SELECT MAX(id) FROM audit) - @entriesMax)
            """,
            new { beforeUs, entriesMax });
    }

    private static string? Cut(string? text) => text is { Length: > TextMax } ? text[..TextMax] : text;
}
