using Dapper;
using Garam.Platform.Sql;
using Microsoft.Data.Sqlite;

namespace Garam.Platform.Tests;

/// <summary>The way from the log to the store as a whole, with real files.</summary>
public sealed class Pipeline_runs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Messages_of_a_device_are_processed_in_the_order_they_were_logged()
    {
        await using var river = new River(_folder);
        river.Open();
        using var watcher = river.Node.Stream.Watch(null, AccessScope.Everything);
        for (var i = 0; i < 900; i++)
            river.Send($$"""{"n":{{i / 9}}}""", $"device-{i % 9}");
        await river.ProcessedAsync();

        var readings = new List<(string Device, double Number)>();
        while (watcher.Items.TryRead(out var reading))
            readings.Add((reading.DeviceId, reading.Metrics[0].Number));

        foreach (var device in readings.GroupBy(r => r.Device))
            device.Select(r => r.Number).ShouldBe(Enumerable.Range(0, 100).Select(n => (double)n), device.Key);
        readings.Count.ShouldBe(900);
    }

    [Fact]
    public async Task Every_message_is_counted_in_exactly_one_state()
    {
        await using var river = new River(_folder);
        river.Open();
        for (var i = 0; i < 100; i++)
        {
            river.Send($$"""{"n":{{i}}}""");
            river.Send($$"""{"n":1,"ts":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 100_000 * 100_000}}}""", "same");
            river.Send("broken", "b");
        }

        await river.CheckpointAsync();

        var total = river.Node.Pipeline.Ledger.Total();
        (total.Processed, total.Dead, total.Filtered).ShouldBe((300, 100, 0));
        total.Duplicate.ShouldBeGreaterThanOrEqualTo(98);
        river.Node.Pipeline.Ledger.Remainder.ShouldBe(0);
        river.Node.DeadLetters.CountByReason().Values.Sum().ShouldBe(100);
        river.Node.Problems().ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_crash_without_a_checkpoint_everything_is_processed_again_and_nothing_is_there_twice()
    {
        await using var river = new River(_folder);
        river.Open();
        for (var i = 0; i < 50; i++)
            river.Send($$"""{"n":{{i}}}""", $"d{i % 5}");
        await river.DurableAsync(river.Send("broken", "d0"));
        await river.ProcessedAsync();
        await river.CrashAsync();

        river.Open();
        await river.CheckpointAsync();

        river.Values("n", "d0").ShouldBe([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
        river.Node.Registry.Count.ShouldBe(5);
        river.Node.DeadLetters.CountByReason().ShouldBe(new Dictionary<string, long> { ["invalid-json"] = 1 });
        river.Node.Pipeline.Ledger.Total().ShouldBe(new LedgerCounts(50, 0, 0, 1));
    }

    [Fact]
    public async Task After_a_crash_exactly_what_the_checkpoint_had_not_passed_is_processed_again()
    {
        await using var river = new River(_folder);
        river.Open();
        for (var i = 0; i < 30; i++)
            river.Send($$"""{"n":{{i}}}""");
        await river.CheckpointAsync();
        for (var i = 30; i < 40; i++)
            await river.DurableAsync(river.Send($$"""{"n":{{i}}}"""));
        await river.ProcessedAsync();
        await river.CrashAsync();

        river.Open();
        river.Node.Pipeline.Committed.Value.ShouldBe(30);
        await river.CheckpointAsync();

        river.Values("n").ShouldBe(Enumerable.Range(0, 40).Select(n => (double)n));
        river.Node.Pipeline.Ledger.Total().ShouldBe(new LedgerCounts(40, 0, 0, 0));
        river.Node.Pipeline.Ledger.SinceStart().ShouldBe(new LedgerCounts(10, 0, 0, 0));
    }

    [Fact]
    public async Task A_checkpoint_is_taken_after_as_many_messages_as_configured()
    {
        await using var river = new River(_folder, checkpointMessages: 1_000);
        river.Open();
        for (var i = 0; i < 1_000; i++)
            river.Send($$"""{"n":{{i}}}""");

        await Until.True(() => river.Node.Pipeline.Committed.Value > 0 || SendOne(river), "a checkpoint is committed");

        static bool SendOne(River river)
        {
            river.Send("""{"n":0}""");
            return false;
        }
    }

    [Fact]
    public async Task A_drain_leaves_nothing_to_process_again()
    {
        await using var river = new River(_folder);
        river.Open();
        for (var i = 0; i < 500; i++)
            river.Send($$"""{"n":{{i}}}""", $"d{i % 7}");

        await river.Node.DrainAsync(Until.Token);

        river.Node.Pipeline.Committed.Value.ShouldBe(500);
        river.Node.Pipeline.Ledger.Total().Stored.ShouldBe(500);
        await river.CrashAsync();
        river.Open();
        river.Node.Pipeline.Progress.Lag.ShouldBe(0);
        river.Node.Registry.Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_checkpoint_that_fails_stops_the_processing_and_goes_on_when_mended()
    {
        await using var river = new River(_folder);
        river.Open();
        using var connection = new SqliteConnection($"Data Source={river.Node.Folder.Database}");
        connection.Open();
        connection.Execute("ALTER TABLE devices RENAME TO hidden");
        river.Send("""{"n":1}""");
        await river.ProcessedAsync();
        await CommitFails(river);
        river.Send("""{"n":2}""");
        river.Node.Problems().ShouldContain(p => p.ToString().StartsWith("The telemetry store cannot commit", StringComparison.Ordinal));
        river.Node.Pipeline.Progress.Processed.ShouldBe(1);

        connection.Execute("ALTER TABLE hidden RENAME TO devices");

        await river.CheckpointAsync();

        // The position is there before the failure is forgotten.
        await Until.True(() => river.Node.Problems().Count == 0, "all is well again");
        river.Values("n").ShouldBe([1, 2]);
        new DeviceRegistry(new DeviceStore(Database.Open(river.Node.Folder.Database)), 10, TimeProvider.System).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_commit_that_the_telemetry_store_refuses_loses_nothing()
    {
        await using var river = new River(_folder);
        river.Open();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(river.DataPath, "telemetry", "telemetry.db")}");
        connection.Open();
        connection.Execute("ALTER TABLE open_block RENAME TO hidden");
        river.Send("""{"n":1}""");
        await river.ProcessedAsync();
        await CommitFails(river);

        connection.Execute("ALTER TABLE hidden RENAME TO open_block");
        await river.CheckpointAsync();
        await river.CrashAsync();

        river.Open();
        river.Node.Pipeline.Progress.Lag.ShouldBe(0);
        river.Values("n").ShouldBe([1]);
        river.Node.Pipeline.Ledger.Total().ShouldBe(new LedgerCounts(1, 0, 0, 0));
    }

    [Fact]
    public async Task A_retry_whose_commit_failed_is_committed_when_the_store_is_mended()
    {
        await using var river = new River(_folder);
        river.Open();
        river.Send("""{"t":1}""", "x", "");
        await river.CheckpointAsync();
        river.Node.Registry.Put(DeviceId.Trusted("x"), d => d with { ProductId = "json" });
        using var connection = new SqliteConnection($"Data Source={Path.Combine(river.DataPath, "telemetry", "telemetry.db")}");
        connection.Open();
        connection.Execute("ALTER TABLE open_block RENAME TO hidden");
        // A retry ends when its reading is on disk: here not before the store is mended.
        var retrying = river.Node.Retry.RunAsync(null, null, Until.Token);
        await CommitFails(river);

        connection.Execute("ALTER TABLE hidden RENAME TO open_block");
        await retrying;
        await Until.True(() => river.Node.Pipeline.CommitFailure is null, "all is well again");
        await river.Node.DrainAsync(Until.Token);
        await river.CrashAsync();

        river.Open();
        river.Values("t", "x").ShouldBe([1]);
        river.Node.Pipeline.Ledger.Total().ShouldBe(new LedgerCounts(1, 0, 0, 0));
    }

    [Fact]
    public async Task A_node_ends_at_once_while_its_checkpoints_fail()
    {
        var river = new River(_folder);
        river.Open();
        using var connection = new SqliteConnection($"Data Source={river.Node.Folder.Database}");
        connection.Open();
        connection.Execute("ALTER TABLE devices RENAME TO hidden");
        river.Send("""{"n":1}""");
        await river.ProcessedAsync();
        await CommitFails(river);

        await river.CrashAsync().WaitAsync(Until.Token);
    }

    [Fact]
    public async Task A_node_ends_at_once_under_load_with_checkpoints_all_the_time()
    {
        for (var run = 0; run < 5; run++)
        {
            var river = new River(_folder, lanes: 2, checkpointMessages: 1_000);
            river.Open();
            for (var i = 0; i < 5_000; i++)
                river.Send("""{"n":1}""", $"d{i % 50}");
            river.Node.Pipeline.WantCheckpoint();

            await river.CrashAsync().WaitAsync(Until.Token);
        }

        await using var last = new River(_folder);
        last.Open();
        await last.CheckpointAsync();
        last.Node.Pipeline.Ledger.Remainder.ShouldBe(0);
        last.Node.Pipeline.Ledger.Total().Processed.ShouldBe(last.Node.Log.Next.Value);
    }

    [Fact]
    public async Task A_dead_letter_retried_after_its_cause_is_mended_is_stored_and_counted_once()
    {
        await using var river = new River(_folder);
        river.Open();
        river.Send("""{"t":1}""", "x", "");
        await river.CheckpointAsync();
        river.Node.DeadLetters.CountByReason().ShouldBe(new Dictionary<string, long> { ["unknown-device"] = 1 });

        (await river.Node.Retry.RunAsync(null, null, Until.Token)).ShouldBe(new RetryReport(0, 1));
        river.Node.DeadLetters.List(null, null, -1, 10).Single().Attempts.ShouldBe(2);
        river.Node.Registry.Put(DeviceId.Trusted("x"), d => d with { ProductId = "json" });
        (await river.Node.Retry.RunAsync(null, "unknown-device", Until.Token)).ShouldBe(new RetryReport(1, 0));

        river.Values("t", "x").ShouldBe([1]);
        river.Node.DeadLetters.CountByReason().ShouldBeEmpty();
        river.Node.Pipeline.Ledger.Total().ShouldBe(new LedgerCounts(1, 0, 0, 0));
    }

    [Fact]
    public async Task A_retry_is_kept_by_the_next_checkpoint()
    {
        await using var river = new River(_folder);
        river.Open();
        river.Send("""{"t":1}""", "x", "");
        await river.CheckpointAsync();
        river.Node.Registry.Put(DeviceId.Trusted("x"), d => d with { ProductId = "json" });
        await river.Node.Retry.RunAsync([0], null, Until.Token);

        await river.Node.DrainAsync(Until.Token);
        await river.CrashAsync();

        river.Open();
        river.Values("t", "x").ShouldBe([1]);
        river.Node.Pipeline.Ledger.Total().ShouldBe(new LedgerCounts(1, 0, 0, 0));
    }

    [Fact]
    public async Task A_log_removed_under_the_telemetry_is_refused_with_what_to_do()
    {
        await using var river = new River(_folder);
        river.Open();
        river.Send("""{"n":1}""");
        await river.CheckpointAsync();
        await river.CrashAsync();
        Directory.Delete(Path.Combine(river.DataPath, "log"), recursive: true);

        Should.Throw<DataFolderException>(() => river.Open()).Message.ShouldContain("Restore both from the same backup");
    }

    [Fact]
    public async Task A_record_of_an_unknown_layout_is_a_dead_letter()
    {
        await using var river = new River(_folder);
        river.Open();
        river.Node.Log.Append("something"u8, " else"u8);
        await river.CheckpointAsync();

        river.Node.DeadLetters.Find(0)!.Reason.ShouldBe("record-unreadable");
        river.Node.Pipeline.Ledger.Total().Dead.ShouldBe(1);
    }

    [Fact]
    public async Task Behind_the_allowed_lag_the_gate_is_congested_until_the_pipeline_has_caught_up()
    {
        await using var river = new River(_folder);
        var progress = new PipelineProgress(() => 1_001, 0);
        river.Open();
        using var gate = new LogGate(river.Node.Log, progress, new DisabledDevices(), new GaramOptions { Pipeline = new PipelineOptions { LagMax = 1_000 } }, TimeProvider.System);
        gate.IsCongested.ShouldBeTrue();
        var room = gate.WaitForRoomAsync(Until.Token).AsTask();
        room.IsCompleted.ShouldBeFalse();

        progress.Add(1);

        await room;
        gate.IsCongested.ShouldBeFalse();
    }

    private static Task CommitFails(River river) => Until.True(
        () =>
        {
            river.Node.Pipeline.WantCheckpoint();
            return river.Node.Pipeline.CommitFailure is not null;
        },
        "the commit fails");
}
