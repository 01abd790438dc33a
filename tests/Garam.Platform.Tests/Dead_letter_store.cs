using Dapper;
using Garam.Platform.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests;

/// <summary>Messages that could not be stored, by log position.</summary>
public sealed class Dead_letter_store : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DeadLetterStore _store;

    public Dead_letter_store() => _store = new DeadLetterStore(Database.Open(_folder.File("garam.db")));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_letter_comes_back_as_it_was_put()
    {
        var letter = Letter(5) with { ProductId = "p", SpecVersion = 3, Record = [0, 255, 7] };
        _store.Add([letter]);

        var found = _store.Find(5)!;
        found.Record.ShouldBe(letter.Record);
        (found with { Record = letter.Record }).ShouldBe(letter);
        _store.Find(6).ShouldBeNull();
    }

    [Fact]
    public void A_letter_added_again_by_a_replay_changes_nothing()
    {
        _store.Add([Letter(1)]);
        _store.Failed(1, "later", "detail", "p", 2, 99);

        _store.Add([Letter(1), Letter(2)]);

        _store.List(null, null, -1, 10).Select(l => (l.Position, l.Reason, l.Attempts)).ShouldBe([(1, "later", 2), (2, "reason", 1)]);
    }

    [Fact]
    public void Pages_follow_each_other_in_log_order_without_gap_or_repetition()
    {
        _store.Add([.. Enumerable.Range(0, 25).Reverse().Select(i => Letter(i * 3))]);

        var seen = new List<long>();
        while (_store.List(null, null, seen.Count == 0 ? -1 : seen[^1], 10) is { Count: > 0 } page)
            seen.AddRange(page.Select(l => l.Position));

        seen.ShouldBe(Enumerable.Range(0, 25).Select(i => i * 3L));
    }

    [Fact]
    public void A_list_may_be_of_one_reason_or_one_device()
    {
        _store.Add([Letter(1), Letter(2) with { Reason = "other" }, Letter(3) with { DeviceId = "b" }]);

        _store.List("reason", null, -1, 10).Select(l => l.Position).ShouldBe([1L, 3L]);
        _store.List(null, "b", -1, 10).Select(l => l.Position).ShouldBe([3L]);
        _store.List("other", "b", -1, 10).ShouldBeEmpty();
        _store.CountByReason().ShouldBe(new Dictionary<string, long> { ["reason"] = 2, ["other"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public void Removing_counts_what_was_there()
    {
        _store.Add([Letter(1), Letter(2)]);

        _store.Remove([1, 7]).ShouldBe(1);
        _store.Find(1).ShouldBeNull();
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_go()
    {
        _store.Add([.. Enumerable.Range(0, 10).Select(i => Letter(i))]);

        _store.Expire(0, 10).ShouldBe(0);
        _store.Expire(0, 7).ShouldBe(3);

        _store.List(null, null, -1, 100).Select(l => l.Position).ShouldBe(Enumerable.Range(3, 7).Select(i => (long)i));
    }

    [Fact]
    public void What_is_older_than_its_retention_goes()
    {
        _store.Add([Letter(1) with { FirstUs = 100 }, Letter(2) with { FirstUs = 200 }]);

        _store.Expire(200, 100).ShouldBe(1);

        _store.Find(2).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_flush_has_everything_added_before_it_on_disk()
    {
        await using var writer = new DeadLetterWriter(_store, TimeProvider.System, NullLogger.Instance);
        for (var i = 0; i < 2_000; i++)
            await writer.AddAsync(Letter(i));

        await writer.FlushAsync(Until.Token);

        _store.CountByReason()["reason"].ShouldBe(2_000);
    }

    [Fact]
    public async Task Letters_that_cannot_be_written_are_kept_and_written_when_the_database_is_mended()
    {
        var time = new ManualTime();
        await using var writer = new DeadLetterWriter(_store, time, NullLogger.Instance);
        Rename("dead_letters", "hidden");
        await writer.AddAsync(Letter(1));
        var flush = writer.FlushAsync(Until.Token);
        await Until.True(() => writer.Failure is not null && time.Waiting > 0, "the write failed");
        flush.IsCompleted.ShouldBeFalse();

        Rename("hidden", "dead_letters");
        time.Advance(TimeSpan.FromSeconds(1));

        await flush;
        writer.Failure.ShouldBeNull();
        _store.Find(1).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_writer_ends_also_while_the_database_takes_nothing()
    {
        var writer = new DeadLetterWriter(_store, new ManualTime(), NullLogger.Instance);
        Rename("dead_letters", "hidden");
        for (var i = 0; i < 700; i++)
            await writer.AddAsync(Letter(i));
        var flush = writer.FlushAsync(Until.Token);

        await writer.DisposeAsync().AsTask().WaitAsync(Until.Token);

        await Should.ThrowAsync<SqliteException>(flush);
    }

    private void Rename(string from, string to)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("garam.db")}");
        connection.Open();
        connection.Execute($"ALTER TABLE {from} RENAME TO {to}");
    }

    internal static DeadLetter Letter(long position) => new(position, "reason", "detail", "a", null, null, "topic", 10, 1_000, 1_000, 1, [1]);
}
