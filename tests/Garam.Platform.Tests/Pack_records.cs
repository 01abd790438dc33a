using Garam.Platform.Sql;

namespace Garam.Platform.Tests;

public sealed class Pack_records : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackRecordStore _records;

    public Pack_records() => _records = new PackRecordStore(Database.Open(_folder.File("garam.db")));

    [Fact]
    public void Records_of_a_device_come_newest_first_and_one_of_the_same_moment_replaces_the_first()
    {
        _records.Add("p", "k", [new("a", 1, "one"), new("a", 2, "two"), new("b", 2, "other"), new("a", 3, "three")]);
        _records.Add("p", "k", [new("a", 2, "again")]);
        _records.Add("p", "other kind", [new("a", 2, "elsewhere")]);

        _records.List("p", "k", "a", 1, 3, 10).ShouldBe([new("a", 2, "again"), new("a", 1, "one")]);
        _records.List("p", "k", "a", 0, 10, 1).ShouldBe([new("a", 3, "three")]);
    }

    [Fact]
    public void Old_records_go_and_so_do_the_oldest_beyond_a_number()
    {
        _records.Add("p", "k", [.. Enumerable.Range(0, 10).Select(i => new PackRecord("a", i, ""))]);

        _records.Expire("p", "k", 3, 100).ShouldBe(3);
        _records.Expire("p", "k", 0, 5).ShouldBe(2);
        _records.List("p", "k", "a", 0, 100, 100).Select(r => r.AtUs).ShouldBe([9, 8, 7, 6, 5]);
        _records.Expire("p", "k", 0, 5).ShouldBe(0);
    }

    public void Dispose() => _folder.Dispose();
}
