using System.Net;

namespace Garam.Platform.Tests.Identity;

/// <summary>What a device is and the token it signs in with, over REST.</summary>
public sealed class Device_tokens
{
    [Fact]
    public async Task A_token_is_replaced_and_revoked_and_each_is_in_the_trail_without_the_token()
    {
        await using var node = await WebNode.StartAsync();
        using var root = node.Root();
        (await root.PutAsync("/api/v1/devices/meter", WebNode.Json("""{"productId":"json"}"""))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var first = await NewTokenAsync(root);
        var second = await NewTokenAsync(root);
        (await SendAsync(node, first)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(node, second)).ShouldBe(HttpStatusCode.Accepted);
        (await root.DeleteAsync("/api/v1/devices/meter/token")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(node, second)).ShouldBe(HttpStatusCode.Unauthorized);
        (await root.DeleteAsync("/api/v1/devices/meter/token")).StatusCode.ShouldBe(HttpStatusCode.NoContent, "there is none to take");
        (await root.DeleteAsync("/api/v1/devices/none/token")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var trail = await WebNode.ReadAsync(await root.GetAsync("/api/v1/audit?subject=meter"));
        trail.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString()).ShouldBe(["device.token-revoke", "device.token", "device.token", "device.add"]);
        trail.ToString().ShouldNotContain(second);
    }

    [Fact]
    public async Task An_empty_text_takes_away_what_is_left_out_stays()
    {
        await using var node = await WebNode.StartAsync();
        using var root = node.Root();
        await root.PutAsync("/api/v1/devices/meter", WebNode.Json("""{"productId":"json","title":"Meter","siteId":"mill","hubId":"hub","model":"m","expectedPeriodMs":500}"""));
        await root.PutAsync("/api/v1/devices/meter", WebNode.Json("""{"title":"","siteId":"","model":"","expectedPeriodMs":0}"""));
        node.Node.Registry.TryGet("meter", out var entry).ShouldBeTrue();
        var device = entry!.Current;
        (device.Title, device.SiteId, device.Model, device.ExpectedPeriodMs).ShouldBe((null, null, null, null));
        (device.ProductId, device.HubId).ShouldBe(("json", "hub"));
    }

    private static async Task<string> NewTokenAsync(HttpClient root) =>
        (await WebNode.ReadAsync(await root.PostAsync("/api/v1/devices/meter/token", null))).GetProperty("token").GetString()!;

    private static async Task<HttpStatusCode> SendAsync(WebNode node, string token)
    {
        using var device = node.Client(token);
        return (await device.PostAsync("/api/v1/ingest/meter", WebNode.Json("""{"a":1}"""))).StatusCode;
    }
}
