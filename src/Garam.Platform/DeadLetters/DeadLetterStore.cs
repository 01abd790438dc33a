using Dapper;
using Garam.Platform.Sql;

namespace Garam.Platform.DeadLetters;

/// <summary>The dead letters' table. A letter is keyed by its log position, so that a replay after a crash changes nothing.</summary>
public sealed class DeadLetterStore(Database database)
{
    private const string Headings = """
        position AS Position, reason AS Reason, detail AS Detail, device_id AS DeviceId, product_id AS ProductId, spec_version AS SpecVersion,
        channel AS Channel, received_us AS ReceivedUs, first_us AS FirstUs, last_us AS LastUs, attempts AS Attempts
        """;

    private const string Columns = Headings + ", record AS Record";

    private const string OfCustomer = """
        (@customer IS NULL OR device_id IN (SELECT devices.id FROM devices JOIN sites ON sites.id = devices.site_id WHERE sites.customer_id = @customer))
        """;

    /// <summary>Adds letters; those already there are left as they are.</summary>
    internal void Add(IReadOnlyCollection<DeadLetter> letters)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            """
            INSERT INTO dead_letters (position, reason, detail, device_id, product_id, spec_version, channel, received_us, first_us, last_us, attempts, record)
            VALUES (@Position, @Reason, @Detail, @DeviceId, @ProductId, @SpecVersion, @Channel, @ReceivedUs, @FirstUs, @LastUs, @Attempts, @Record)
            ON CONFLICT (position) DO NOTHING
            """,
            letters, transaction);
        transaction.Commit();
    }

    /// <summary>Letters newer than <paramref name="after"/> in log order.</summary>
    /// <param name="customer">Only those of devices at this customer's sites; null takes all.</param>
    public IReadOnlyList<DeadLetter> List(string? reason, string? device, long after, int limit, string? customer = null)
    {
        using var connection = database.Connect();
        return [.. connection.Query<Row>(
            $"""
            SELECT {Columns} FROM dead_letters
            WHERE position > @after AND (@reason IS NULL OR reason = @reason) AND (@device IS NULL OR device_id = @device) AND {OfCustomer}
            ORDER BY position LIMIT @limit
            """,
            new { after, reason, device, customer, limit }).Select(r => r.ToLetter())];
    }

    public DeadLetter? Find(long position)
    {
        using var connection = database.Connect();
        return connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM dead_letters WHERE position = @position", new { position })?.ToLetter();
    }

    /// <summary>A device's letters of log positions from <paramref name="first"/> to <paramref name="last"/>, without their bytes.</summary>
    internal IReadOnlyList<DeadLetter> Between(string device, long first, long last)
    {
        using var connection = database.Connect();
        return [.. connection.Query<Row>(
            $"SELECT {Headings} FROM dead_letters WHERE device_id = @device AND position >= @first AND position <= @last ORDER BY position",
            new { device, first, last }).Select(r => r.ToLetter())];
    }

    /// <summary>How many there are of each reason, of one customer's devices or of all.</summary>
    public IReadOnlyDictionary<string, long> CountByReason(string? customer = null)
    {
        using var connection = database.Connect();
        return connection.Query<(string Reason, long Count)>($"SELECT reason, COUNT(*) FROM dead_letters WHERE {OfCustomer} GROUP BY reason", new { customer })
            .ToDictionary(r => r.Reason, r => r.Count, StringComparer.Ordinal);
    }

    /// <summary>Removes letters; returns how many there were.</summary>
    public int Remove(IReadOnlyCollection<long> positions)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        var removed = positions.Sum(position => connection.Execute("DELETE FROM dead_letters WHERE position = @position", new { position }, transaction));
        transaction.Commit();
        return removed;
    }

    /// <summary>Notes that a retry failed, and why this time.</summary>
    internal void Failed(long position, string reason, string detail, string? product, int? specVersion, long nowUs)
    {
        using var connection = database.Connect();
        connection.Execute(
            """
            UPDATE dead_letters SET reason = @reason, detail = @detail, product_id = @product, spec_version = @specVersion,
              last_us = @nowUs, attempts = attempts + 1 WHERE position = @position
            """,
            new { position, reason, detail, product, specVersion, nowUs });
    }

    /// <summary>Removes what is older or beyond the bound; returns how many went.</summary>
    internal int Expire(long beforeUs, int entriesMax)
    {
        using var connection = database.Connect();
        return connection.Execute(
            """
            DELETE FROM dead_letters WHERE first_us < @beforeUs OR position <= COALESCE(
              (SELECT position FROM dead_letters ORDER BY position DESC LIMIT 1 OFFSET @entriesMax), -1)
            """,
            new { beforeUs, entriesMax });
    }

    private sealed class Row
    {
        public long Position { get; init; }
        public string Reason { get; init; } = "";
        public string Detail { get; init; } = "";
        public string DeviceId { get; init; } = "";
        public string? ProductId { get; init; }
        public long? SpecVersion { get; init; }
        public string Channel { get; init; } = "";
        public long ReceivedUs { get; init; }
        public long FirstUs { get; init; }
        public long LastUs { get; init; }
        public long Attempts { get; init; }
        public byte[] Record { get; init; } = [];

        public DeadLetter ToLetter() => new(
            Position, Reason, Detail, DeviceId, ProductId, (int?)SpecVersion, Channel, ReceivedUs, FirstUs, LastUs, (int)Attempts, Record);
    }
}
