using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Garam.Simulate.Run;

/// <summary>Registers devices whose messages name no product, over REST.</summary>
internal static class DeviceRegistration
{
    /// <returns>Null when all are registered; otherwise what is wrong and how to mend it.</returns>
    public static async Task<string?> RegisterAsync(
        IReadOnlyCollection<SimulatedDevice> devices, Uri node, string? token, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = node, Timeout = TimeSpan.FromSeconds(15) };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            foreach (var site in devices.Where(device => device.NeedsSite).Select(device => device.Site).Distinct())
            {
                using var answer = await http.PutAsJsonAsync($"api/v1/sites/{site}", new { title = site }, cancellation);
                if (!answer.IsSuccessStatusCode)
                    return $"Registering the site {site} at {node} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}";
            }

            // In order: a hub stands before its children.
            foreach (var device in devices)
            {
                var body = new
                {
                    productId = device.ProductId,
                    title = device.Title,
                    hubId = device.HubId,
                    siteId = device.NeedsSite ? device.Site : null,
                    tags = new Dictionary<string, string> { ["simulated"] = "true", ["site"] = device.Site },
                };
                using var answer = await http.PutAsJsonAsync($"api/v1/devices/{device.Id}", body, cancellation);
                if (!answer.IsSuccessStatusCode)
                    return $"Registering {device.Id} at {node} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}";
            }

            return null;
        }
        catch (HttpRequestException error)
        {
            return $"{node} does not answer ({error.Message}). The pack's devices must be registered there:"
                + " start a node with `./garam up`, or name its address with --http.";
        }
    }
}
