using System.Data.Common;
using Dapper;
using Garam.Platform.Sql;

namespace Garam.Platform.Notifications;

/// <summary>The outbox as one channel's loop sees it. Only that loop changes the channel's waiting rows, but for retries by hand.</summary>
internal sealed class SendQueue(Database database, string channel)
{
    private const int ErrorLengthMax = 500;

    /// <summary>The one whose turn it is; null when none is due.</summary>
    public Notification? Next(long nowUs)
    {
        using var connection = database.Connect();
        return connection.QuerySingleOrDefault<NotificationRow>(
            $"""
            SELECT {NotificationStore.Columns} FROM notifications WHERE channel = @channel AND state = 'waiting' AND due_us <= @nowUs
            ORDER BY due_us, id LIMIT 1
            """,
            new { channel, nowUs })?.ToNotification();
    }

    /// <summary>When the next one is due, Unix microseconds; null when none waits.</summary>
    public long? NextDueUs()
    {
        using var connection = database.Connect();
        return connection.ExecuteScalar<long?>("SELECT MIN(due_us) FROM notifications WHERE channel = @channel AND state = 'waiting'", new { channel });
    }

    /// <summary>
    /// Gathers everything due that goes the same way as <paramref name="first"/> into one digest, when that is more than <paramref name="over"/>.
    /// It is on disk before it is sent, so that after a crash the same message is sent again and not another of nearly the same content.
    /// </summary>
    /// <returns>The key of the digest; null when there are too few.</returns>
    public string? Gather(Notification first, int over, long nowUs)
    {
        const string Alike = """
            channel = @Channel AND state = 'waiting' AND due_us <= @nowUs AND route = @Route AND language = @Language AND recipient = @Recipient
              AND message IS NULL
            """;
        var of = new { first.Channel, first.Route, first.Language, first.Recipient, nowUs, limit = over + 1, message = "digest-" + first.Key };
        using var connection = database.Connect();
        if (connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM notifications WHERE {Alike} LIMIT @limit) AS alike", of) <= over)
            return null;
        connection.Execute($"UPDATE notifications SET message = @message WHERE {Alike}", of);
        return of.message;
    }

    /// <summary>Notes, before it is sent, that it goes alone: a crash in between must not put it into a digest besides. Returns its key.</summary>
    public string Claim(Notification single)
    {
        using var connection = database.Connect();
        connection.Execute("UPDATE notifications SET message = key WHERE id = @Id", new { single.Id });
        return single.Key;
    }

    /// <summary>What a digest tells of.</summary>
    /// <param name="worstMax">So many are named.</param>
    public AlarmDigest Digest(string message, int worstMax)
    {
        using var connection = database.Connect();
        var of = new { message, worstMax };
        var worst = connection.Query<NotificationRow>(
            $"SELECT {NotificationStore.Columns} FROM notifications WHERE message = @message ORDER BY severity DESC, id LIMIT @worstMax", of)
            .Select(r => r.ToNotification()).ToList();
        var span = connection.QuerySingle<(long Count, long FirstUs, long LastUs)>(
            "SELECT COUNT(*), COALESCE(MIN(created_us), 0), COALESCE(MAX(created_us), 0) FROM notifications WHERE message = @message", of);
        return new AlarmDigest(
            span.Count, span.FirstUs, span.LastUs,
            [.. connection.Query<(long Severity, long Count)>(
                "SELECT severity, COUNT(*) FROM notifications WHERE message = @message GROUP BY severity ORDER BY severity DESC", of)
                .Select(s => new DigestCount(((Alarms.Severity)s.Severity).ToString().ToLowerInvariant(), s.Count))],
            Counts(connection, "product_id", of), Counts(connection, "site_id", of), worst);
    }

    /// <summary>Notes that it was sent: the row, or all rows of the digest. Returns how many.</summary>
    public int Sent(long id, string? message, long nowUs)
    {
        using var connection = database.Connect();
        return connection.Execute(
            $"UPDATE notifications SET state = 'sent', sent_us = @nowUs, attempts = attempts + 1, error = NULL WHERE {Which(message)}", new { id, message, nowUs });
    }

    /// <summary>Notes a try that failed, and when the next is due.</summary>
    /// <param name="isDissolved">What surely did not arrive may go with a digest next time, gathered with what has come since.</param>
    public int Postpone(long id, string? message, string error, long dueUs, bool isDissolved)
    {
        using var connection = database.Connect();
        return connection.Execute(
            $"""
            UPDATE notifications SET attempts = attempts + 1, error = @error, due_us = @dueUs{(isDissolved ? ", message = NULL" : "")}
            WHERE {Which(message)} AND state = 'waiting'
            """,
            new { id, message, error = Cut(error), dueUs });
    }

    /// <summary>Notes that it will never be taken.</summary>
    public int Fail(long id, string error, string? message = null)
    {
        using var connection = database.Connect();
        return connection.Execute(
            $"UPDATE notifications SET state = 'failed', attempts = attempts + 1, error = @error WHERE {Which(message)} AND state = 'waiting'",
            new { id, message, error = Cut(error) });
    }

    /// <summary>Gives up what has waited for its whole life; returns how many.</summary>
    public int Expire(long nowUs)
    {
        using var connection = database.Connect();
        return connection.Execute(
            """
            UPDATE notifications SET state = 'failed', error = 'expired: not sent within 24 hours; ' || COALESCE(error, 'the channel did not get to it')
            WHERE channel = @channel AND state = 'waiting' AND expires_us <= @nowUs
            """,
            new { channel, nowUs });
    }

    /// <summary>The channel works again: nobody waits for the rest of their delay.</summary>
    public void Hurry(long nowUs)
    {
        using var connection = database.Connect();
        connection.Execute("UPDATE notifications SET due_us = @nowUs WHERE channel = @channel AND state = 'waiting' AND due_us > @nowUs", new { channel, nowUs });
    }

    private static string Which(string? message) => message is null ? "id = @id" : "message = @message";

    private static string Cut(string error) => error.Length <= ErrorLengthMax ? error : error[..ErrorLengthMax];

    private static IReadOnlyList<DigestCount> Counts(DbConnection connection, string column, object of) =>
        [.. connection.Query<(string Name, long Count)>(
            $"SELECT COALESCE({column}, ''), COUNT(*) FROM notifications WHERE message = @message GROUP BY {column} ORDER BY 2 DESC, 1 LIMIT {AlarmDigest.NamesMax}", of)
            .Select(c => new DigestCount(c.Name, c.Count))];
}
