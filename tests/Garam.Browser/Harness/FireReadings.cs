using System.Text.Json;

namespace Garam.Browser;

/// <summary>Discrete records of fire detectors, as lines to be ingested.</summary>
internal static class FireReadings
{
    /// <summary>As many as the risk wants before it takes the past into account, and a few more.</summary>
    private const int Readings = 8;

    /// <summary>Registers a detector at a site, which is made when it is new.</summary>
    public static async Task PlaceAsync(this NodeApi api, string device, string site, string? title = null, string? customer = null)
    {
        using var place = await api.PutAsync($"/api/v1/sites/{site}", JsonSerializer.Serialize(new { title = "Market " + site, customerId = customer }));
        place.IsSuccessStatusCode.ShouldBeTrue(await place.Content.ReadAsStringAsync());
        using var put = await api.PutAsync($"/api/v1/devices/{device}", JsonSerializer.Serialize(new { productId = "fire-detector", siteId = site, title }));
        put.IsSuccessStatusCode.ShouldBeTrue(await put.Content.ReadAsStringAsync());
    }

    /// <summary>A day's load: no risk.</summary>
    public static Task CalmAsync(this NodeApi api, string device) => api.SendLinesAsync(Lines(device, 30, 0, 2, 90, 0));

    /// <summary>Hot, sparking and smoking: a critical risk.</summary>
    public static Task BurnAsync(this NodeApi api, string device) => api.SendLinesAsync(Lines(device, 75, 0b1011_1100_0000, 40, 600, 8));

    private static IEnumerable<string> Lines(string device, double celsius, int status, double co, double voc, int arcs)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return Enumerable.Range(0, Readings).Select(i => JsonSerializer.Serialize(new
        {
            deviceId = device,
            product = "fire-detector",
            payload = new
            {
                deviceId = device, timestamp = now - ((Readings - 1 - i) * 250), idx = i, status, volt = 221.0, voltLow = 215.0, ct = 10.0, zct = 1.0, rzct = 1.0,
                pwr = 2.1, pcbTemp = celsius, sensorTemp = celsius - 2, co, voc, pFct = 0.95, aArc = arcs,
            },
        }));
    }
}
