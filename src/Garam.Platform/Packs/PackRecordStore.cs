using Dapper;
using Garam.Platform.Sql;

namespace Garam.Platform.Packs;

/// <summary>Records of packs in SQL, so that a pack needs no table of its own. Thread-safe.</summary>
public sealed class PackRecordStore
{
    private readonly Database _database;

    internal PackRecordStore(Database database) => _database = database;

    public void Add(string pack, string kind, IReadOnlyList<PackRecord> records)
    {
        if (records.Count == 0)
            return;
        using var connection = _database.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            """
            INSERT INTO pack_records (pack, kind, device_id, at_us, body) VALUES (@pack, @kind, @DeviceId, @AtUs, @Body)
            ON CONFLICT (pack, kind, device_id, at_us) DO UPDATE SET body = excluded.body
            """,
            records.Select(r => new { pack, kind, r.DeviceId, r.AtUs, r.Body }), transaction);
        transaction.Commit();
    }

    /// <summary>Those of a device in [from, to), newest first.</summary>
    public IReadOnlyList<PackRecord> List(string pack, string kind, string deviceId, long fromUs, long toUs, int limit)
    {
        using var connection = _database.Connect();
        return [.. connection.Query<PackRecord>(
            """
            SELECT device_id AS DeviceId, at_us AS AtUs, body AS Body FROM pack_records
            WHERE pack = @pack AND kind = @kind AND device_id = @deviceId AND at_us >= @fromUs AND at_us < @toUs ORDER BY at_us DESC LIMIT @limit
            """,
            new { pack, kind, deviceId, fromUs, toUs, limit })];
    }

    /// <summary>Removes what is older than a moment, and the oldest beyond a number; returns how many.</summary>
    public int Expire(string pack, string kind, long beforeUs, int keepMax)
    {
        using var connection = _database.Connect();
        var removed = connection.Execute("DELETE FROM pack_records WHERE pack = @pack AND kind = @kind AND at_us < @beforeUs", new { pack, kind, beforeUs });
        // The moment of the newest record that is too many; what is as old goes with it.
        var excessUs = connection.ExecuteScalar<long?>(
            "SELECT at_us FROM pack_records WHERE pack = @pack AND kind = @kind ORDER BY at_us DESC LIMIT 1 OFFSET @keepMax", new { pack, kind, keepMax });
        return excessUs is null
            ? removed
            : removed + connection.Execute("DELETE FROM pack_records WHERE pack = @pack AND kind = @kind AND at_us <= @excessUs", new { pack, kind, excessUs });
    }
}
