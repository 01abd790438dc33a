using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Garam.Browser;

/// <summary>Devices, their tokens, sites and customers on their pages.</summary>
public sealed class Managing_devices(GuardedDashboard dashboard) : IClassFixture<GuardedDashboard>
{
    [Fact]
    public async Task A_customer_a_site_and_a_device_are_added_and_the_device_sends_with_the_token_of_its_page()
    {
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync("administrator"), "/manage/customers");
        await FillAsync(visitor, ("Id", "carol"), ("Title", "Carol & Co"));
        await PressAsync(visitor, "Add a customer");
        await visitor["tr", "Carol & Co"].WaitForAsync();
        await visitor.GoAsync("/manage/sites");
        await FillAsync(visitor, ("Id", "carol-mill"), ("Title", "The mill"));
        await visitor["form select[name=customer]"].SelectOptionAsync("carol");
        await PressAsync(visitor, "Add a site");
        await visitor["tr", "The mill"].WaitForAsync();

        await visitor.GoAsync("/manage/devices");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Add a device" }).ClickAsync();
        await FillAsync(visitor, ("Id", "boiler 7"), ("Title", "Boiler <7>"), ("Tags", "floor=2\nphase = L1"));
        await visitor["form select[name=product]"].SelectOptionAsync("json");
        await visitor["form select[name=site]"].SelectOptionAsync("carol-mill");
        await PressAsync(visitor, "Add a device");
        await visitor["[role=alert]", "cannot be an id"].WaitForAsync();
        (await visitor.Page.GetByLabel("Tags").InputValueAsync()).ShouldBe("floor=2\nphase = L1", "what was typed is still there");
        await FillAsync(visitor, ("Id", "boiler-7"));
        await PressAsync(visitor, "Add a device");
        await visitor["[role=status]", "Added"].WaitForAsync();
        (await visitor["h1"].InnerTextAsync()).ShouldBe("Boiler <7>");

        (await SendAsync("boiler-7", "guessed", 1)).ShouldBe(HttpStatusCode.Unauthorized);
        await PressAsync(visitor, "Make a token");
        var first = await visitor["#new-secret"].InputValueAsync();
        (await SendAsync("boiler-7", first, 1.25)).ShouldBe(HttpStatusCode.Accepted);
        await dashboard.Api.ShouldReadAsync("boiler-7", "pressure", "1.25");
        await visitor["summary", "Replace the token"].ClickAsync();
        await PressAsync(visitor, "Make a new token");
        var second = await visitor["#new-secret"].InputValueAsync();
        (await SendAsync("boiler-7", first, 2)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync("boiler-7", second, 2)).ShouldBe(HttpStatusCode.Accepted);
        await visitor["summary", "Revoke"].ClickAsync();
        await PressAsync(visitor, "Revoke the token");
        (await SendAsync("boiler-7", second, 3)).ShouldBe(HttpStatusCode.Unauthorized);

        await visitor.GoAsync("/devices/boiler-7");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Manage", Exact = true }).Last.ClickAsync();
        await FillAsync(visitor, ("Title", ""), ("Seconds between messages", "2.5"));
        await visitor["textarea[name=tags]"].FillAsync("floor=3");
        await PressAsync(visitor, "Save");
        await visitor["[role=status]", "Saved"].WaitForAsync();
        var device = await dashboard.Api.GetAsync("/api/v1/devices/boiler-7");
        device.TryGetProperty("title", out _).ShouldBeFalse();
        device.GetProperty("customerId").GetString().ShouldBe("carol");
        device.GetProperty("tags").GetRawText().ShouldBe("""{"floor":"3"}""");
        device.GetProperty("expectedPeriodMs").GetInt64().ShouldBe(2_500);

        await visitor.GoAsync("/audit?subject=boiler-7");
        var trail = await visitor["tbody"].InnerTextAsync();
        foreach (var done in new[] { "added a device", "made a device's token", "revoked a device's token", "changed a device" })
            trail.ShouldContain(done);
        trail.ShouldNotContain(second);
        await visitor.GoAsync("/manage/devices/boiler-7");
        await visitor["summary", "Remove the device"].ClickAsync();
        await PressAsync(visitor, "Remove boiler-7");
        await visitor["[role=status]", "Removed"].WaitForAsync();
        (await visitor.GoAsync("/manage/devices/boiler-7"))!.Status.ShouldBe((int)HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_customer_with_sites_and_users_stays_until_they_are_gone_also_without_script()
    {
        await dashboard.PutAsync("/api/v1/customers/dora", """{"title":"Dora"}""");
        await dashboard.PutAsync("/api/v1/sites/dora-house", """{"customerId":"dora"}""");
        await dashboard.PutAsync("/api/v1/devices/dora-meter", """{"productId":"json","siteId":"dora-house"}""");
        var user = await dashboard.AddUserAsync("viewer", "dora");
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync("administrator"), "/manage/customers?edit=dora", script: false);
        var held = visitor["#edit ul"];
        (await held.InnerTextAsync()).ShouldContain("Sites (1): dora-house");
        (await visitor["#edit summary"].CountAsync()).ShouldBe(0, "there is nothing to press");
        await held.GetByText("Users (1)").ClickAsync();
        await visitor["tr", user].WaitForAsync();
        (await visitor["tbody tr"].CountAsync()).ShouldBe(1);
        (await dashboard.Api.Http.DeleteAsync($"/api/v1/users/{user}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await visitor.GoAsync("/manage/sites?edit=dora-house");
        await visitor["#edit ul a"].ClickAsync();
        await visitor["td a", "dora-meter"].ClickAsync();
        await visitor["summary", "Remove the device"].ClickAsync();
        await PressAsync(visitor, "Remove dora-meter");
        await visitor.GoAsync("/manage/sites?edit=dora-house");
        // Somebody else puts a device there while the page shows an empty site.
        await dashboard.PutAsync("/api/v1/devices/dora-meter", """{"productId":"json","siteId":"dora-house"}""");
        await visitor["summary", "Remove the site"].ClickAsync();
        await PressAsync(visitor, "Remove dora-house");
        await visitor["[role=alert]", "something still belongs to it"].WaitForAsync();
        (await visitor["#edit ul"].InnerTextAsync()).ShouldContain("Devices (1)");
        (await dashboard.Api.Http.DeleteAsync("/api/v1/devices/dora-meter")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await visitor.GoAsync("/manage/sites?edit=dora-house");
        await visitor["summary", "Remove the site"].ClickAsync();
        await PressAsync(visitor, "Remove dora-house");
        await visitor["[role=status]", "Removed"].WaitForAsync();
        await visitor.GoAsync("/manage/customers?edit=dora");
        await visitor["summary", "Remove the customer"].ClickAsync();
        await PressAsync(visitor, "Remove dora");
        await visitor["[role=status]", "Removed"].WaitForAsync();
        (await visitor["tr", "Dora"].CountAsync()).ShouldBe(0);
        await visitor.GoAsync("/audit?subject=dora");
        (await visitor["tbody"].InnerTextAsync()).ShouldContain("removed a customer");
    }

    [Fact]
    public async Task A_device_is_disabled_and_enabled_again_and_every_page_of_it_says_so()
    {
        await dashboard.PutAsync("/api/v1/devices/valve-3", """{"productId":"json","title":"Valve 3"}""");
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync("administrator"), "/manage/devices/valve-3", script: false);
        await visitor["summary", "Disable the device"].ClickAsync();
        await PressAsync(visitor, "Disable valve-3");
        await visitor["[role=status]", "The device is disabled"].WaitForAsync();
        using (var refused = await dashboard.Api.IngestAsync("valve-3", """{"pressure":1}"""))
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await visitor.GoAsync("/manage/devices?q=valve-3");
        (await visitor["tbody tr"].InnerTextAsync()).ShouldContain("Disabled");
        await visitor.GoAsync("/devices/valve-3");
        (await visitor["#device-head"].InnerTextAsync()).ShouldContain("disabled since");
        await visitor.GoAsync("/?state=disabled");
        (await visitor["#devices"].InnerTextAsync()).ShouldContain("Valve 3");

        await visitor.GoAsync("/manage/devices/valve-3");
        await PressAsync(visitor, "Enable the device");
        await visitor["[role=status]", "in use again"].WaitForAsync();
        await dashboard.Api.SendAsync("valve-3", """{"pressure":2}""");
        await visitor.GoAsync("/audit?subject=valve-3");
        var trail = await visitor["tbody"].InnerTextAsync();
        trail.ShouldContain("disabled a device");
        trail.ShouldContain("enabled a device");
    }

    [Fact]
    public async Task The_list_is_searched_while_typing_and_the_address_keeps_it()
    {
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync("administrator"), "/manage/devices");
        await visitor["#find"].FillAsync("anna-m");
        await visitor.AtAsync("**/manage/devices?q=anna-m*");
        await visitor["tr", "ben-meter"].WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await visitor["tr", "anna-meter"].CountAsync()).ShouldBe(1);
        await visitor.GoAsync("/manage/devices?customer=ben");
        (await visitor["tbody tr td:first-child"].AllInnerTextsAsync()).ShouldBe(["ben-fire", "ben-meter"]);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customers_user_reads_their_own_part_of_the_registry_and_changes_none_of_it()
    {
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync("administrator", "anna"), "/manage/devices");
        foreach (var path in new[] { "/manage/devices", "/manage/sites?edit=ben-house", "/manage/customers?edit=ben" })
        {
            await visitor.GoAsync(path);
            var page = await visitor["main"].InnerTextAsync();
            page.ShouldContain("anna");
            page.ShouldNotContain("ben");
            (await visitor["main form[method=post], a[href='/manage/add-device']"].CountAsync()).ShouldBe(0, path);
        }

        await visitor.GoAsync("/devices/anna-meter");
        (await visitor["a[href^='/manage/devices/']"].CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Many_devices_come_as_a_file_that_is_looked_at_first_and_go_as_one_also_without_script()
    {
        await dashboard.PutAsync("/api/v1/customers/emil", "{}");
        await dashboard.PutAsync("/api/v1/sites/emil-plant", """{"customerId":"emil","title":"공장"}""");
        await dashboard.PutAsync("/api/v1/devices/pump-1", """{"productId":"json","siteId":"emil-plant","title":"=Pump","tags":{"floor":"1"}}""");
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync("administrator"), "/manage/import-devices", script: false);

        await SendFileAsync(visitor, "id;title;site;tags\npump-1;Pump one;emil-plant;floor=2\npump 2;;nowhere;\npump-1;;;=\n");
        (await visitor["main [role=alert] tbody tr"].AllInnerTextsAsync()).Select(r => string.Join(' ', r.Split((char[])['\t', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))).ShouldBe(
        [
            "3 id “pump 2” cannot be an id: 1 to 128 bytes without blanks, quotes, backslashes, / + and #.",
            "3 site There is no site “nowhere”. Correct it, or add the site first.",
            "4 id “pump-1” stands in line 2 already. Keep one of the two.",
            "4 tags “=” cannot be read as tags. Write key=value; key=value, each key once.",
        ]);
        (await dashboard.Api.GetAsync("/api/v1/devices/pump-1")).GetProperty("title").GetString().ShouldBe("=Pump", "nothing is stored of a file with mistakes");

        await SendFileAsync(visitor, "\uFEFFid,title,product,site,customer,tags\r\npump-1,Pump one,json,emil-plant,emil,\"floor=2; phase=L1\"\r\npump-2,\"펌프, 둘\",json,emil-plant,emil,\r\n");
        (await visitor["main p[role=status]"].InnerTextAsync()).ShouldBe("New: 1. Changed: 1. Same as now: 0. Nothing is stored yet.");
        (await visitor["tr", "pump-1"].InnerTextAsync()).ShouldContain("title, tags");
        using (var absent = await dashboard.Api.Http.GetAsync("/api/v1/devices/pump-2"))
            absent.StatusCode.ShouldBe(HttpStatusCode.NotFound, "it was only looked at");
        await PressAsync(visitor, "Store all of it");
        await visitor["[role=status]", "are stored"].WaitForAsync();
        (await dashboard.Api.GetAsync("/api/v1/devices/pump-1")).GetProperty("tags").GetRawText().ShouldBe("""{"floor":"2","phase":"L1"}""");
        (await dashboard.Api.GetAsync("/api/v1/devices/pump-2")).GetProperty("title").GetString().ShouldBe("펌프, 둘");

        await dashboard.PutAsync("/api/v1/devices/pump-1", """{"title":"=Pump"}""");
        await visitor.GoAsync("/manage/devices?customer=emil");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor["a[download]"].ClickAsync());
        download.SuggestedFilename.ShouldMatch("^devices-[0-9-]{10}[.]csv$");
        var file = await File.ReadAllTextAsync(await download.PathAsync());
        file.ShouldBe("id,title,product,model,site,customer,hub,period,tags,disabled\r\npump-1,'=Pump,json,,emil-plant,emil,,,\"floor=2; phase=L1\",\r\npump-2,\"펌프, 둘\",json,,emil-plant,emil,,,,\r\n");
        await visitor.GoAsync("/manage/import-devices");
        await SendFileAsync(visitor, file);
        (await visitor["main p[role=status]"].InnerTextAsync()).ShouldBe("New: 0. Changed: 0. Same as now: 2. Nothing is stored yet.", "what was downloaded changes nothing");
        (await visitor["main button"].CountAsync()).ShouldBe(0);

        await visitor.GoAsync("/manage/import-devices");
        await visitor["input[type=file]"].SetInputFilesAsync(new FilePayload { Name = "d.csv", MimeType = "text/csv", Buffer = [0x69, 0x64, 0x0A, 0xC0, 0xE5] });
        await PressAsync(visitor, "Look at it");
        await visitor["[role=alert]", "The file is not UTF-8."].WaitForAsync();
    }

    [Fact]
    public async Task A_customers_user_downloads_their_devices_and_imports_none()
    {
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync("administrator", "anna"), "/manage/devices", script: false);
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor["a[download]"].ClickAsync());
        var file = await File.ReadAllTextAsync(await download.PathAsync());
        file.ShouldContain("anna-meter");
        file.ShouldNotContain("ben");
        (await visitor["a[href='/manage/import-devices']"].CountAsync()).ShouldBe(0);
        (await visitor.GoAsync("/manage/import-devices"))!.Status.ShouldBe((int)HttpStatusCode.Forbidden);
    }

    private static async Task SendFileAsync(Visitor visitor, string text)
    {
        if (await visitor["input[type=file]"].CountAsync() == 0)
            await visitor.GoAsync("/manage/import-devices");
        await visitor["input[type=file]"].SetInputFilesAsync(new FilePayload { Name = "devices.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await PressAsync(visitor, "Look at it");
    }

    private static async Task FillAsync(Visitor visitor, params (string Label, string Text)[] fields)
    {
        foreach (var (label, text) in fields)
            await visitor.Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);
    }

    private static Task PressAsync(Visitor visitor, string button) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task<HttpStatusCode> SendAsync(string device, string token, double value)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.PostAsync(
            new Uri($"{dashboard.Program.Url}/api/v1/ingest/{device}"), new StringContent(FormattableString.Invariant($$"""{"pressure":{{value}}}"""), Encoding.UTF8, "text/plain"));
        return answer.StatusCode;
    }
}
