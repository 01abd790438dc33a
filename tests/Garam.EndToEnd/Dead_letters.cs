using System.Text.Json;

namespace Garam.EndToEnd;

public sealed class Dead_letters(RunningNode node) : IClassFixture<RunningNode>
{
    [Fact]
    public async Task After_the_spec_is_mended_a_retry_stores_them_and_the_ledger_moves_them_from_dead_to_stored()
    {
        await node.Api.PutProductAsync("e2e-mend", Spec("three"));
        var before = await node.Api.SettledLedgerAsync();
        await node.Api.SendAsync("mend-1", """{"one":1}""", "e2e-mend");
        await node.Api.SendAsync("mend-1", """{"one":2}""", "e2e-mend");
        await Until.ReadsAsync(() => node.Api.DeadLettersAsync("mend-1"), letters => letters.Count == 2, "two dead letters");
        var dead = await node.Api.SettledLedgerAsync();
        (dead.Stored - before.Stored, dead.Dead - before.Dead).ShouldBe((0, 2));

        await node.Api.PutProductAsync("e2e-mend", Spec("one"));
        var ids = (await node.Api.DeadLettersAsync("mend-1")).Select(l => l.GetProperty("id").GetInt64());
        var report = await node.Api.PostAsync("/api/v1/dead-letters/retry", JsonSerializer.Serialize(new { ids }));
        (report.GetProperty("recovered").GetInt32(), report.GetProperty("failed").GetInt32()).ShouldBe((2, 0));

        (await node.Api.PointsAsync("mend-1", "value")).Select(p => p.Value).ShouldBe([1.0, 2.0]);
        (await node.Api.DeadLettersAsync("mend-1")).ShouldBeEmpty();
        var after = await node.Api.SettledLedgerAsync();
        (after.Stored - before.Stored, after.Dead - before.Dead, after.Received - before.Received).ShouldBe((2, 0, 2));
    }

    [Fact]
    public async Task What_fails_again_stays_with_one_more_attempt()
    {
        await node.Api.SendAsync("mend-2", "0x00FA", "product_a");
        var letter = await node.Api.ShouldBeDeadAsync("mend-2", "truncated");
        var report = await node.Api.PostAsync("/api/v1/dead-letters/retry", $$"""{"ids":[{{letter.GetProperty("id").GetInt64()}}]}""");
        (report.GetProperty("recovered").GetInt32(), report.GetProperty("failed").GetInt32()).ShouldBe((0, 1));
        var again = await node.Api.ShouldBeDeadAsync("mend-2", "truncated");
        again.GetProperty("attempts").GetInt32().ShouldBe(letter.GetProperty("attempts").GetInt32() + 1);
        again.GetProperty("hex").GetString().ShouldBe("0x" + Convert.ToHexStringLower("0x00FA"u8));
    }

    [Fact]
    public async Task The_command_line_lists_shows_retries_and_drops_them()
    {
        await node.Api.SendAsync("mend-3", "0x00FA", "product_b");
        var letter = await Until.ReadsAsync(() => node.Api.DeadLettersAsync("mend-3"), found => found.Count == 1, "a dead letter");
        var id = $"{letter[0].GetProperty("id").GetInt64()}";

        var list = await Command.GaramAsync(["dead", "list", "--device", "mend-3"], node.Process.Url);
        list.ExitCode.ShouldBe(0, list.ToString());
        list.Output.ShouldContain("mend-3");
        var show = await Command.GaramAsync(["dead", "show", id], node.Process.Url);
        show.ExitCode.ShouldBe(0, show.ToString());
        show.Output.ShouldContain("0x" + Convert.ToHexStringLower("0x00FA"u8));
        var retry = await Command.GaramAsync(["dead", "retry", id], node.Process.Url);
        retry.ExitCode.ShouldBe(0, retry.ToString());
        retry.Output.ShouldContain("0 recovered, 1 still dead");
        var drop = await Command.GaramAsync(["dead", "drop", id], node.Process.Url);
        drop.ExitCode.ShouldBe(0, drop.ToString());
        drop.Output.ShouldContain("1 dropped");
        (await node.Api.DeadLettersAsync("mend-3")).ShouldBeEmpty();
        (await Command.GaramAsync(["dead", "retry"], node.Process.Url)).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task They_outlive_kill_minus_nine_and_are_not_doubled_by_the_replay()
    {
        using var folder = new TemporaryFolder();
        await using (var garam = await GaramProcess.StartAsync(folder["data"]))
        {
            for (var i = 0; i < 20; i++)
                await garam.Api.SendAsync("mend-4", "0x00FA", "product_a");
            await Until.ReadsAsync(() => garam.Api.DeadLettersAsync("mend-4"), letters => letters.Count == 20, "20 dead letters");
            await garam.KillAsync();
        }

        await using var again = await GaramProcess.StartAsync(folder["data"]);
        (await again.Api.SettledLedgerAsync()).Dead.ShouldBe(20);
        await Until.ReadsAsync(() => again.Api.DeadLettersAsync("mend-4"), letters => letters.Count == 20, "20 dead letters");
    }

    private static string Spec(string source) => $$"""
        product_type: e2e-mend
        title: {en: Mended}
        version: 1
        format: json
        conversion:
          mapping:
            - {source: {{source}}, target: value, type: float}
        """;
}
