using System.Globalization;
using System.Text.Json;

namespace Garam.Browser;

/// <summary>
/// The pictures in the documents, taken from a node with a small story. They are kept where GARAM_SCREENSHOTS says, a folder relative to the
/// repository; without it they only show that the pages can be drawn.
/// </summary>
public sealed class Screenshots(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private static readonly Scene[] Scenes =
    [
        new("FX-0312", "fire-detector", "Switchboard 3-B, fire detector", "1공장 배전반 3-B 화재 감지기", "seoul"),
        new("PUMP01", "plc-tag", "Cooling water pump, pressure", "냉각수 순환 펌프 압력", "changwon", "PRESS", "bar", 6.2, 0.5),
        new("MTR-21", "plc-tag", "Conveyor drive, motor current", "LINE2 컨베이어 구동 모터 전류", "changwon", "CURR", "A", 14.1, 2.2),
        new("FAN04", "plc-tag", "Exhaust fan, vibration", "배기 팬 진동", "changwon", "VIB", "mm/s", 1.84, 0.4),
        new("C-22", "plc-tag", "Cold store 2, temperature", "수산물 냉동창고 2번 온도", "busan", "TEMP", "celsius", -18.6, 0.8),
        new("HH-1204", "plc-tag", "Apartment 1204, power", "303동 1204호 전력", "seoul", "POWER", "kW", 1.42, 0.6),
    ];

    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task Pages_are_drawn_for_the_documents()
    {
        await PlayAsync();
        var folder = Folder();
        await NameAsync(korean: false);
        await ShootAsync(folder, "home.png", "/", "en-GB", ColorScheme.Light);
        await ShootAsync(folder, "home-dark.png", "/", "en-GB", ColorScheme.Dark);
        await ShootAsync(folder, "device.png", "/devices/FX-0312?range=24h&metric=pcb_temperature&metric=sensor_temperature", "en-GB", ColorScheme.Light);
        await ShootAsync(folder, "alarms.png", "/alarms?severity=critical", "en-GB", ColorScheme.Light);
        await ShootAsync(folder, "manage.png", "/manage/devices", "en-GB", ColorScheme.Light);
        await ShootAsync(folder, "phone.png", "/", "en-GB", ColorScheme.Light, (412, 860));
        await ShootBackTestAsync(folder);
        await NameAsync(korean: true);
        await ShootAsync(folder, "home-ko.png", "/", "ko-KR", ColorScheme.Light);
        await NameAsync(korean: false);
        await BurnAsync();
        await ShootAsync(folder, "fire.png", "/fire", "en-GB", ColorScheme.Light, (1280, 860));
        Directory.GetFiles(folder, "*.png").Length.ShouldBeGreaterThanOrEqualTo(8);
    }

    private static string Folder()
    {
        var folder = Environment.GetEnvironmentVariable("GARAM_SCREENSHOTS") is { Length: > 0 } kept
            ? Path.Combine(Installation.Home, kept)
            : Directory.CreateTempSubdirectory("garam-pictures-").FullName;
        return Directory.CreateDirectory(folder).FullName;
    }

    private async Task ShootAsync(string folder, string file, string path, string language, ColorScheme scheme, (int Width, int Height)? size = null)
    {
        await using var visitor = await _dashboard.VisitAsync(path, language, scheme, size ?? (1280, 800));
        await visitor.LiveAsync();
        if (await visitor["#chart"].CountAsync() > 0)
            await visitor["#chart[data-drawn]"].WaitForAsync();
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, file), Animations = ScreenshotAnimations.Disabled });
        visitor.Complaints.ShouldBeEmpty();
    }

    /// <summary>A draft that warns of heat earlier and of arcs not at all, beside the rules of the pack.</summary>
    private async Task ShootBackTestAsync(string folder)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/rulesets/fire-detector");
        request.Headers.Accept.ParseAdd("application/yaml");
        using var answer = await _dashboard.Api.Http.SendAsync(request);
        var text = (await answer.Content.ReadAsStringAsync())
            .Replace("when: temperature > 60", "when: temperature > 52", StringComparison.Ordinal)
            .Replace("clear: temperature < 55", "clear: temperature < 50", StringComparison.Ordinal)
            .Replace("when: arc_count > 0", "when: arc_count > 5", StringComparison.Ordinal);
        (await _dashboard.Api.PutAsync("/api/v1/rulesets/fire-detector?reason=Warn+of+heat+earlier", text, "application/yaml")).EnsureSuccessStatusCode();
        await using var visitor = await _dashboard.VisitAsync("/rules/fire-detector/backtest?version=2", size: (1280, 800));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Run the back-test" }).ClickAsync();
        await visitor[".picture"].WaitForAsync();
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "backtest.png"), Animations = ScreenshotAnimations.Disabled });
        visitor.Complaints.ShouldBeEmpty();
    }

    /// <summary>A day of readings: all is well but for the switchboard, which has been warming up since the afternoon.</summary>
    private async Task PlayAsync()
    {
        await NameAsync(korean: false);
        var now = DateTimeOffset.UtcNow;
        foreach (var scene in Scenes)
        {
            // Five-minute steps for the day, then one a minute for the hour that the cards show.
            var times = Enumerable.Range(12, 276).Select(i => now.AddMinutes(-5 * i)).Concat(Enumerable.Range(0, 60).Select(i => now.AddMinutes(-i))).Order();
            await _dashboard.Api.SendLinesAsync([.. times.Select((time, i) =>
                JsonSerializer.Serialize(new { deviceId = scene.Id, payload = scene.Payload(i, time, (now - time).TotalHours) }))]);
        }

        await _dashboard.Api.SettledLedgerAsync();
    }

    /// <summary>A market in which a fire has spread from one board to the next, and a calm hall beside it.</summary>
    private async Task BurnAsync()
    {
        foreach (var (site, place, boards) in new[] { ("market", "Jungang Market", 8), ("hall", "Exhibition Hall", 6) })
        {
            for (var i = 1; i <= boards; i++)
            {
                var device = $"{site}-{i}";
                await _dashboard.Api.PlaceAsync(device, site, $"Board {(char)('A' + i - 1)}", place: place);
                var since = (site, i) switch { ("market", 3) => 9.0, ("market", 4) => 4.0, ("market", 5) => 1.2, _ => 0 };
                await _dashboard.Api.HourAsync(device, ago => since == 0 ? 0 : (since - ago) / Math.Min(since, 3));
            }
        }

        await _dashboard.Api.SettledLedgerAsync();
    }

    private async Task NameAsync(bool korean)
    {
        foreach (var (id, title) in new[] { ("seoul", korean ? "서울 본사" : "Seoul"), ("changwon", korean ? "창원 2공장" : "Changwon 2"), ("busan", korean ? "부산 감천" : "Busan") })
            (await _dashboard.Api.PutAsync($"/api/v1/sites/{id}", JsonSerializer.Serialize(new { title }))).EnsureSuccessStatusCode();
        foreach (var scene in Scenes)
        {
            var body = JsonSerializer.Serialize(new
            {
                productId = scene.Product,
                title = korean ? scene.Korean : scene.English,
                siteId = scene.Site,
                // A picture takes its time; nobody shall be late in it.
                expectedPeriodMs = 60_000,
            });
            (await _dashboard.Api.PutAsync($"/api/v1/devices/{scene.Id}", body)).EnsureSuccessStatusCode();
        }
    }

    private sealed record Scene(
        string Id, string Product, string English, string Korean, string Site, string Tag = "", string Unit = "", double Usual = 0, double Swing = 0)
    {
        public object Payload(int step, DateTimeOffset time, double hoursAgo)
        {
            var wave = Math.Sin(step / 9.0) + (0.5 * Math.Sin(step / 2.7));
            var ts = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            if (Tag.Length > 0)
                return new { ts, tag = Tag, value = Math.Round(Usual + (Swing * wave), 2), unit = Unit };
            var heat = Math.Clamp((8 - hoursAgo) / 8, 0, 1);
            return new
            {
                deviceId = Id, timestamp = ts, idx = step, status = 0, volt = Math.Round(221 + wave, 1), ct = Math.Round(14 + (6 * heat) + wave, 1),
                pcbTemp = Math.Round(34 + (38 * heat) + wave, 1), sensorTemp = Math.Round(30 + (27 * heat) + (0.7 * wave), 1),
                co = Math.Round(2 + (20 * heat), 1), voc = 90, pFct = 0.95, aArc = hoursAgo < 0.3 ? 3 : 0, zct = 1.2, rzct = 0.6, pwr = 2.8,
            };
        }
    }
}
