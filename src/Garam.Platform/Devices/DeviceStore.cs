using System.Text.Json;
using Dapper;
using Garam.Platform.Sql;

namespace Garam.Platform.Devices;

/// <summary>The registry's tables: customers, sites, devices.</summary>
internal sealed class DeviceStore(Database database)
{
    private const string Columns = """
        id AS Id, product_id AS ProductId, model AS Model, title AS Title, site_id AS SiteId, hub_id AS HubId, tags AS Tags,
        expected_period_ms AS ExpectedPeriodMs, credential_hash AS CredentialHash, registered_us AS RegisteredUs, updated_us AS UpdatedUs,
        disabled_us AS DisabledUs
        """;

    private const string Upsert = """
        INSERT INTO devices (id, product_id, model, title, site_id, hub_id, tags, expected_period_ms, credential_hash, registered_us, updated_us, disabled_us)
        VALUES (@Id, @ProductId, @Model, @Title, @SiteId, @HubId, @Tags, @ExpectedPeriodMs, @CredentialHash, @RegisteredUs, @UpdatedUs, @DisabledUs)
        ON CONFLICT (id) DO UPDATE SET product_id = excluded.product_id, model = excluded.model, title = excluded.title,
          site_id = excluded.site_id, hub_id = excluded.hub_id, tags = excluded.tags, expected_period_ms = excluded.expected_period_ms,
          credential_hash = excluded.credential_hash, updated_us = excluded.updated_us, disabled_us = excluded.disabled_us
        """;

    public List<Device> LoadDevices()
    {
        using var connection = database.Connect();
        return [.. connection.Query<Row>($"SELECT {Columns} FROM devices", buffered: false).Select(r => r.ToDevice())];
    }

    public List<Site> LoadSites()
    {
        using var connection = database.Connect();
        return [.. connection.Query<Site>("SELECT id AS Id, customer_id AS CustomerId, title AS Title FROM sites")];
    }

    public List<Customer> LoadCustomers()
    {
        using var connection = database.Connect();
        return [.. connection.Query<Customer>("SELECT id AS Id, title AS Title FROM customers")];
    }

    /// <summary>Writes many devices in one transaction.</summary>
    public void Save(IReadOnlyCollection<Device> devices)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Execute(Upsert, devices.Select(Row.From), transaction);
        transaction.Commit();
    }

    public void Delete(DeviceId id)
    {
        using var connection = database.Connect();
        connection.Execute("DELETE FROM devices WHERE id = @Value", new { id.Value });
    }

    public void Save(Site site, long nowUs)
    {
        using var connection = database.Connect();
        connection.Execute(
            """
            INSERT INTO sites (id, customer_id, title, updated_us) VALUES (@Id, @CustomerId, @Title, @nowUs)
            ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, title = excluded.title, updated_us = excluded.updated_us
            """,
            new { site.Id, site.CustomerId, site.Title, nowUs });
    }

    public void Save(Customer customer, long nowUs)
    {
        using var connection = database.Connect();
        connection.Execute(
            """
            INSERT INTO customers (id, title, updated_us) VALUES (@Id, @Title, @nowUs)
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, updated_us = excluded.updated_us
            """,
            new { customer.Id, customer.Title, nowUs });
    }

    public void DeleteSite(string id)
    {
        using var connection = database.Connect();
        connection.Execute("DELETE FROM sites WHERE id = @id", new { id });
    }

    public void DeleteCustomer(string id)
    {
        using var connection = database.Connect();
        connection.Execute("DELETE FROM customers WHERE id = @id", new { id });
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string? ProductId { get; init; }
        public string? Model { get; init; }
        public string? Title { get; init; }
        public string? SiteId { get; init; }
        public string? HubId { get; init; }
        public string Tags { get; init; } = "{}";
        public long? ExpectedPeriodMs { get; init; }
        public string? CredentialHash { get; init; }
        public long RegisteredUs { get; init; }
        public long UpdatedUs { get; init; }
        public long? DisabledUs { get; init; }

        public static Row From(Device d) => new()
        {
            Id = d.Id.Value,
            ProductId = d.ProductId,
            Model = d.Model,
            Title = d.Title,
            SiteId = d.SiteId,
            HubId = d.HubId,
            Tags = d.Tags.Count == 0 ? "{}" : JsonSerializer.Serialize(d.Tags),
            ExpectedPeriodMs = d.ExpectedPeriodMs,
            CredentialHash = d.CredentialHash,
            RegisteredUs = d.RegisteredUs,
            UpdatedUs = d.UpdatedUs,
            DisabledUs = d.DisabledUs,
        };

        public Device ToDevice() => new(
            DeviceId.Trusted(Id), ProductId, Model, Title, SiteId, HubId,
            Tags == "{}" ? Device.NoTags : JsonSerializer.Deserialize<Dictionary<string, string>>(Tags)!,
            ExpectedPeriodMs, CredentialHash, RegisteredUs, UpdatedUs) { DisabledUs = DisabledUs };
    }
}
