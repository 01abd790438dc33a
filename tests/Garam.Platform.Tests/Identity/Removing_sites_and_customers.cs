using System.Net;

namespace Garam.Platform.Tests.Identity;

/// <summary>Sites and customers go when nothing hangs on them any more, and are refused with what does.</summary>
public sealed class Removing_sites_and_customers
{
    [Fact]
    public async Task A_site_with_devices_stays_and_the_refusal_names_them()
    {
        await using var node = await WebNode.StartAsync();
        using var root = node.Root();
        await PutAsync(root, "sites/mill", "{}");
        await PutAsync(root, "devices/boiler", """{"productId":"json","siteId":"mill"}""");

        using var refused = await root.DeleteAsync("/api/v1/sites/mill");

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("1 device (boiler)");
        (await WebNode.CodeAsync(refused)).ShouldBe("in-use");
        node.Node.Registry.FindSite("mill").ShouldNotBeNull();
        await PutAsync(root, "devices/boiler", """{"siteId":""}""");
        (await root.DeleteAsync("/api/v1/sites/mill")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await root.DeleteAsync("/api/v1/sites/mill")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_customer_stays_until_sites_users_and_tokens_are_gone()
    {
        await using var node = await WebNode.StartAsync(options => options.Identity.Tokens.Add(
            new ApiTokenOptions { Name = "kims-screen", Role = "viewer", Token = "0123456789-0123456789", Customer = "lee" }));
        using var root = node.Root();
        await PutAsync(root, "customers/kim", "{}");
        await PutAsync(root, "customers/lee", "{}");
        await PutAsync(root, "sites/mill", """{"customerId":"kim"}""");
        await PutAsync(root, "devices/boiler", """{"productId":"json","siteId":"mill"}""");
        node.AddUser("ada", Role.Administrator);
        node.AddUser("olga", Role.Viewer, "kim");
        node.Node.Credentials.ApiTokens.Issue("ada", "for-kim", null, "kim", null, out _, out var issued).ShouldBeNull();

        using var refused = await root.DeleteAsync("/api/v1/customers/kim");
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("1 site (mill) with 1 devices; 1 user (olga); API tokens of 1 user (ada)");
        using var configured = await root.DeleteAsync("/api/v1/customers/lee");
        (await configured.Content.ReadAsStringAsync()).ShouldContain("1 token (kims-screen) in the configuration");

        await PutAsync(root, "sites/mill", """{"customerId":"lee"}""");
        (await root.DeleteAsync("/api/v1/users/olga")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await root.DeleteAsync("/api/v1/customers/kim")).StatusCode.ShouldBe(HttpStatusCode.Conflict, "a token is left");
        node.Node.Credentials.Users.RemoveToken("ada", issued!.Id).ShouldBeTrue();
        (await root.DeleteAsync("/api/v1/customers/kim")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await root.DeleteAsync("/api/v1/customers/kim")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        node.Node.Registry.FindCustomer("kim").ShouldBeNull();
    }

    [Fact]
    public async Task The_trail_names_what_was_removed_and_not_what_was_refused()
    {
        await using var node = await WebNode.StartAsync();
        using var root = node.Root();
        await PutAsync(root, "customers/kim", "{}");
        await PutAsync(root, "sites/mill", """{"customerId":"kim"}""");
        (await root.DeleteAsync("/api/v1/customers/kim")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await root.DeleteAsync("/api/v1/sites/mill")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await root.DeleteAsync("/api/v1/customers/kim")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var trail = await WebNode.ReadAsync(await root.GetAsync("/api/v1/audit"));
        trail.GetProperty("items").EnumerateArray().Select(e => $"{e.GetProperty("action")} {e.GetProperty("subject")}").Take(2)
            .ShouldBe(["customer.remove kim", "site.remove mill"]);
    }

    private static async Task PutAsync(HttpClient client, string path, string body) =>
        (await client.PutAsync($"/api/v1/{path}", WebNode.Json(body))).IsSuccessStatusCode.ShouldBeTrue(path);
}
