using System.Data.Common;
using Dapper;

namespace Garam.Platform.Alarms.Quiet;

/// <summary>The statements of shelvings and maintenance windows, inside the desk's transaction.</summary>
internal static class QuietTable
{
    public static QuietTimes Load(DbConnection connection) => new(
        [.. connection.Query<ShelvingRow>(
            """
            SELECT id AS Id, ruleset AS Ruleset, rule AS Rule, device_id AS DeviceId, site_id AS SiteId, until_us AS UntilUs, reason AS Reason,
              made_by AS MadeBy, made_us AS MadeUs FROM alarm_shelvings ORDER BY id
            """).Select(r => new Shelving(r.Id, r.Ruleset, r.Rule, r.DeviceId, r.SiteId, r.UntilUs, r.Reason, r.MadeBy, r.MadeUs))],
        [.. connection.Query<WindowRow>(
            """
            SELECT id AS Id, device_id AS DeviceId, site_id AS SiteId, customer_id AS CustomerId, product_id AS ProductId, from_us AS FromUs,
              to_us AS ToUs, days AS Days, start_time AS StartTime, end_time AS EndTime, time_zone AS TimeZone, reason AS Reason,
              made_by AS MadeBy, made_us AS MadeUs FROM maintenance_windows ORDER BY id
            """).Select(r => new MaintenanceWindow(
                r.Id, r.DeviceId, r.SiteId, r.CustomerId, r.ProductId, r.FromUs, r.ToUs, r.Days, r.StartTime, r.EndTime, r.TimeZone, r.Reason, r.MadeBy, r.MadeUs))]);

    public static void Insert(AlarmTable table, Shelving shelving) => table.Connection.Execute(
        """
        INSERT INTO alarm_shelvings (id, ruleset, rule, device_id, site_id, until_us, reason, made_by, made_us)
        VALUES (@Id, @Ruleset, @Rule, @DeviceId, @SiteId, @UntilUs, @Reason, @By, @MadeUs)
        """,
        shelving, table.Transaction);

    public static void Insert(AlarmTable table, MaintenanceWindow window) => table.Connection.Execute(
        """
        INSERT INTO maintenance_windows (id, device_id, site_id, customer_id, product_id, from_us, to_us, days, start_time, end_time, time_zone,
          reason, made_by, made_us)
        VALUES (@Id, @DeviceId, @SiteId, @CustomerId, @ProductId, @FromUs, @ToUs, @Days, @Start, @End, @TimeZone, @Reason, @By, @MadeUs)
        """,
        window, table.Transaction);

    public static void Delete(AlarmTable table, long id)
    {
        table.Connection.Execute("DELETE FROM alarm_shelvings WHERE id = @id", new { id }, table.Transaction);
        table.Connection.Execute("DELETE FROM maintenance_windows WHERE id = @id", new { id }, table.Transaction);
    }

    private sealed class ShelvingRow
    {
        public long Id { get; init; }
        public string? Ruleset { get; init; }
        public string? Rule { get; init; }
        public string? DeviceId { get; init; }
        public string? SiteId { get; init; }
        public long UntilUs { get; init; }
        public string Reason { get; init; } = "";
        public string MadeBy { get; init; } = "";
        public long MadeUs { get; init; }
    }

    private sealed class WindowRow
    {
        public long Id { get; init; }
        public string? DeviceId { get; init; }
        public string? SiteId { get; init; }
        public string? CustomerId { get; init; }
        public string? ProductId { get; init; }
        public long? FromUs { get; init; }
        public long? ToUs { get; init; }
        public string? Days { get; init; }
        public string? StartTime { get; init; }
        public string? EndTime { get; init; }
        public string? TimeZone { get; init; }
        public string Reason { get; init; } = "";
        public string MadeBy { get; init; } = "";
        public long MadeUs { get; init; }
    }
}
