using System.Text.RegularExpressions;
using Dapper;
using Garam.Platform.Sql;

namespace Garam.Platform.Tests;

/// <summary>The operational database's file.</summary>
public sealed partial class Databases : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [GeneratedRegex(@"CREATE TABLE (?:IF NOT EXISTS )?(\w+)")]
    private static partial Regex CreatedTable();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_gets_every_table()
    {
        using var connection = Database.Open(_folder.File("garam.db")).Connect();

        var assembly = typeof(Database).Assembly;
        var described = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .SelectMany(name => CreatedTable().Matches(new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd()).Select(m => m.Groups[1].Value))
            .Append("schema_version").ToList();
        described.Count.ShouldBeGreaterThan(10);
        connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
            .ShouldBe(described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_migration_is_applied_once_and_in_order()
    {
        Database.Open(_folder.File("garam.db"));
        using var connection = Database.Open(_folder.File("garam.db")).Connect();

        var versions = connection.Query<int>("SELECT version FROM schema_version ORDER BY rowid").ToList();
        versions.ShouldBe(Enumerable.Range(1, versions.Count));
    }

    [Fact]
    public void A_file_gets_the_migration_it_lacks_and_keeps_its_rows()
    {
        var path = _folder.File("garam.db");
        using (var connection = Database.Open(path).Connect())
        {
            connection.Execute("INSERT INTO customers (id, title, updated_us) VALUES ('c', 't', 1)");
            connection.Execute("DROP TABLE dead_letters; DELETE FROM schema_version WHERE version = 2");
        }

        using var again = Database.Open(path).Connect();
        again.ExecuteScalar<int>("SELECT COUNT(*) FROM dead_letters").ShouldBe(0);
        again.ExecuteScalar<int>("SELECT COUNT(*) FROM customers").ShouldBe(1);
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        var path = _folder.File("garam.db");
        using (var connection = Database.Open(path).Connect())
            connection.Execute("INSERT INTO schema_version (version) VALUES (999)");

        Should.Throw<DataFolderException>(() => Database.Open(path)).Message.ShouldContain("Start the newer Garam that wrote it");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_with_what_to_do()
    {
        var path = _folder.Write("garam.db", new string('x', 5_000));

        Should.Throw<DataFolderException>(() => Database.Open(path)).Message.ShouldContain("Restore it from a backup");
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData("2", "Start the newer Garam")]
    [InlineData("one", "is no version")]
    public void A_data_folder_says_its_version(string version, string? told)
    {
        _folder.Write("garam-version", version + "\n");

        if (told is null)
            DataFolder.Open(_folder.Path).Path.ShouldBe(_folder.Path);
        else
            Should.Throw<DataFolderException>(() => DataFolder.Open(_folder.Path)).Message.ShouldContain(told);
    }

    [Fact]
    public void A_data_folder_that_is_a_file_is_refused_with_what_to_do() =>
        Should.Throw<DataFolderException>(() => DataFolder.Open(_folder.Write("file", ""))).Message.ShouldContain("Choose another with --data");
}
