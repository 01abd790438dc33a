using System.Net;

namespace Garam.EndToEnd;

/// <summary>On a small file system of its own, which needs the right to mount one.</summary>
public sealed class Full_disk
{
    private const int DiskMegabytes = 96;
    private const int ReserveMegabytes = 16;

    [Fact]
    public async Task Producers_wait_nothing_acknowledged_is_lost_and_it_goes_on_when_there_is_room()
    {
        using var disk = await SmallDisk.MountAsync(DiskMegabytes);
        await using var garam = await GaramProcess.StartAsync(disk["data"], Settings);
        var fleet = new Fleet();
        await fleet.RegisterAsync(garam);
        using var stop = new CancellationTokenSource();
        var running = fleet.RunAsync(garam, stop.Token);
        await Until.TrueAsync(() => fleet.Acknowledged > 1_000, "1,000 acknowledged");
        disk.FillUpTo(ReserveMegabytes / 2);
        await Until.ReadsAsync(() => StatusAsync(garam), s => s == HttpStatusCode.TooManyRequests, "429 under back-pressure");
        // A busy machine answers 429 for its lag already.
        await Until.ReadsAsync(garam.Api.IsReadyAsync, ready => !ready, "not ready");

        disk.MakeRoom();
        await Until.ReadsAsync(() => StatusAsync(garam), s => s == HttpStatusCode.Accepted, "202 again");
        var before = fleet.Acknowledged;
        await Until.TrueAsync(() => fleet.Acknowledged > before + 1_000, "the writers go on");
        await Until.TrueAsync(garam.Api.IsReadyAsync, "ready again");
        await stop.CancelAsync();
        await running;
        await fleet.ShouldBeStoredOnceAsync(garam, "after the disk was full", besides: "probe");
    }

    [Fact]
    public async Task A_disk_without_a_byte_left_stops_acknowledging_and_a_restart_finds_everything()
    {
        using var disk = await SmallDisk.MountAsync(DiskMegabytes);
        var fleet = new Fleet();
        await using (var garam = await GaramProcess.StartAsync(disk["data"], new Dictionary<string, string> { ["GARAM__LOG__RESERVE_MEGABYTES"] = "0" }))
        {
            await fleet.RegisterAsync(garam);
            using var stop = new CancellationTokenSource();
            var running = fleet.RunAsync(garam, stop.Token);
            await Until.TrueAsync(() => fleet.Acknowledged > 1_000, "1,000 acknowledged");
            disk.FillUpTo(0);
            await Until.ReadsAsync(
                () => StatusAsync(garam), s => s is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, "nothing more is acknowledged");
            garam.HasExited.ShouldBeFalse(garam.Errors);
            await stop.CancelAsync();
            await running;
            await garam.KillAsync();
        }

        disk.MakeRoom();
        await using var again = await GaramProcess.StartAsync(disk["data"], Settings);
        await fleet.ShouldBeStoredOnceAsync(again, "after the disk was full to the last byte", besides: "probe");
    }

    private static Dictionary<string, string> Settings => new() { ["GARAM__LOG__RESERVE_MEGABYTES"] = $"{ReserveMegabytes}" };

    private static async Task<HttpStatusCode> StatusAsync(GaramProcess garam)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            using var answer = await garam.Api.Http.PostAsync("/api/v1/ingest/probe?product=json", new StringContent("""{"a":1}"""), limit.Token);
            return answer.StatusCode;
        }
        catch (OperationCanceledException)
        {
            return HttpStatusCode.RequestTimeout;
        }
    }
}
