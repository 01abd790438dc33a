namespace Garam.EndToEnd;

public sealed class A_flood_of_devices(ITestOutputHelper output)
{
    private const int DevicesMax = 5_000;

    private static readonly int Devices = Installation.IsLong ? 1_000_000 : 100_000;

    [Fact]
    public async Task Beyond_the_registrys_bound_becomes_dead_letters_and_memory_stays_bounded()
    {
        using var folder = new TemporaryFolder();
        await using var garam = await GaramProcess.StartAsync(
            folder["data"], new Dictionary<string, string> { ["GARAM__REGISTRATION__DEVICES_MAX"] = $"{DevicesMax}", ["GARAM__DEAD_LETTERS__ENTRIES_MAX"] = "20000" });
        for (var first = 0; first < Devices; first += 5_000)
        {
            var lines = Enumerable.Range(first, 5_000).Select(i => $$$"""{"deviceId":"flood-{{{i}}}","product":"json","payload":{"a":1}}""");
            (await garam.Api.SendLinesAsync(lines)).GetProperty("accepted").GetInt32().ShouldBe(5_000);
        }

        var ledger = await garam.Api.SettledLedgerAsync(TimeSpan.FromMinutes(Installation.IsLong ? 10 : 2));
        (ledger.Stored, ledger.Dead).ShouldBe((DevicesMax, Devices - DevicesMax));
        output.WriteLine($"{garam.ResidentBytes >> 20} MB resident after {Devices} device ids");
        garam.ResidentBytes.ShouldBeLessThan(700L << 20);
        var letters = await garam.Api.GetAsync("/api/v1/dead-letters?limit=1");
        letters.GetProperty("items")[0].GetProperty("reason").GetString().ShouldBe("registry-full");
        using var refused = await garam.Api.PutAsync("/api/v1/devices/one-more", """{"productId":"json"}""");
        ((int)refused.StatusCode).ShouldBe(507);
        await garam.Api.SendAsync("flood-0", """{"a":2}""");
        await garam.Api.ShouldReadAsync("flood-0", "a", "2");
    }
}
