using System.Text.Json;

namespace Garam.Browser;

/// <summary>Discrete records of fire detectors, as lines to be ingested.</summary>
internal static class FireReadings
{
    /// <summary>As many as the risk wants before it takes the past into account, and a few more.</summary>
    private const int Readings = 8;

    /// <summary>Registers a detector at a site, which is made when it is new.</summary>
    public static async Task PlaceAsync(this NodeApi api, string device, string site, string? title = null, string? customer = null, string? place = null)
    {
        using var made = await api.PutAsync($"/api/v1/sites/{site}", JsonSerializer.Serialize(new { title = place ?? site, customerId = customer }));
        made.IsSuccessStatusCode.ShouldBeTrue(await made.Content.ReadAsStringAsync());
        using var put = await api.PutAsync($"/api/v1/devices/{device}", JsonSerializer.Serialize(new { productId = "fire-detector", siteId = site, title }));
        put.IsSuccessStatusCode.ShouldBeTrue(await put.Content.ReadAsStringAsync());
    }

    /// <summary>A day's load: no risk.</summary>
    public static Task CalmAsync(this NodeApi api, string device) => api.SendLinesAsync(Lines(device, 30, 0, 2, 90, 0));

    /// <summary>Hot, sparking and smoking: a critical risk.</summary>
    public static Task BurnAsync(this NodeApi api, string device) => api.SendLinesAsync(Lines(device, 75, 0b1011_1100_0000, 40, 600, 8));

    /// <summary>The last hour, a reading a minute, and the last minute by seconds.</summary>
    /// <param name="fire">How much it burns so many minutes ago, 0 to 1.</param>
    public static Task HourAsync(this NodeApi api, string device, Func<double, double> fire)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var times = Enumerable.Range(2, 58).Select(m => m * 60_000L).Concat(Enumerable.Range(0, 12).Select(s => s * 5_000L)).OrderDescending();
        return api.SendLinesAsync(times.Select((ago, i) =>
        {
            var much = Math.Clamp(fire(ago / 60_000.0), 0, 1);
            var hot = 31 + (42 * much) + (0.4 * Math.Sin(i));
            return Line(device, now - ago, i, hot, hot > 60 ? 0b1011_1100_0000 : 0, 2 + (38 * much), 90 + (500 * much), much > 0.5 ? 6 : 0);
        }));
    }

    private static IEnumerable<string> Lines(string device, double celsius, int status, double co, double voc, int arcs)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return Enumerable.Range(0, Readings).Select(i => Line(device, now - ((Readings - 1 - i) * 250), i, celsius, status, co, voc, arcs));
    }

    private static string Line(string device, long ms, int number, double celsius, int status, double co, double voc, int arcs) => JsonSerializer.Serialize(new
    {
        deviceId = device,
        product = "fire-detector",
        payload = new
        {
            deviceId = device, timestamp = ms, idx = number, status, volt = 221.0, voltLow = 215.0, ct = 10.0, zct = 1.0, rzct = 1.0, pwr = 2.1,
            pcbTemp = Math.Round(celsius, 1), sensorTemp = Math.Round(celsius - 2, 1), co = Math.Round(co, 1), voc = Math.Round(voc), pFct = 0.95, aArc = arcs,
        },
    });
}
