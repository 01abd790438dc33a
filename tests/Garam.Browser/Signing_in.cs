using System.Net;

namespace Garam.Browser;

/// <summary>A node that demands credentials, and two customers who see nothing of each other.</summary>
public sealed class Signing_in(GuardedDashboard dashboard) : IClassFixture<GuardedDashboard>
{
    [Fact]
    public async Task A_customers_user_signs_in_and_sees_their_own_devices_only()
    {
        var anna = await dashboard.AddUserAsync("viewer", "anna");
        await using var visitor = await dashboard.VisitAsync();
        await visitor.GoAsync("/devices/anna-meter");
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/sign-in");
        await GuardedDashboard.SignInAsync(visitor, anna, "wrong " + GuardedDashboard.Password);
        (await visitor.Page.GetByRole(AriaRole.Alert).First.InnerTextAsync()).ShouldContain("wrong");
        await GuardedDashboard.SignInAsync(visitor, anna);
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/devices/anna-meter");

        await visitor.GoAsync("/");
        (await visitor["#card-anna-meter"].CountAsync()).ShouldBe(1);
        (await visitor.Page.ContentAsync()).ShouldNotContain("ben");
        (await visitor.GoAsync("/devices/ben-meter"))!.Status.ShouldBe((int)HttpStatusCode.NotFound);
        await visitor.GoAsync("/fire");
        (await visitor["#fire-totals b"].First.InnerTextAsync()).ShouldBe("1");
        (await visitor["#fire-window-anna-fire"].CountAsync()).ShouldBe(1);
        (await visitor.Page.ContentAsync()).ShouldNotContain("ben");
        (await visitor.GoAsync("/fire/anna-house"))!.Status.ShouldBe((int)HttpStatusCode.OK);
        (await visitor.GoAsync("/fire/ben-house"))!.Status.ShouldBe((int)HttpStatusCode.NotFound);
        (await visitor.GoAsync("/pipeline"))!.Status.ShouldBe((int)HttpStatusCode.Forbidden);
        (await visitor.Page.APIRequest.GetAsync(dashboard.Program.Url + "/api/v1/devices/ben-meter/latest")).Status.ShouldBe((int)HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_stream_tells_a_customers_user_nothing_of_others()
    {
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync("viewer", "anna"));
        await visitor.GoAsync("/");
        await visitor.LiveAsync();
        await visitor.Page.EvaluateAsync("""
            () => {
              window.heard = [];
              const stream = new EventSource("/live?card=ben-meter&card=anna-meter&device=ben-meter&metric=power&alarms=1&pipeline=1&fire=1&fire-site=ben-house");
              stream.addEventListener("parts", (event) => window.heard.push(event.data));
            }
            """);
        await dashboard.Api.BurnAsync("ben-fire");
        await dashboard.Api.BurnAsync("anna-fire");
        await visitor.Page.WaitForFunctionAsync("() => window.heard.some((html) => /fire-window-anna-fire/.test(html) && /s-critical/.test(html))");
        await dashboard.Api.SendAsync("ben-meter", """{"power":77.25}""");
        await dashboard.Api.SendAsync("anna-meter", """{"power":42.5}""");
        await visitor.Page.WaitForFunctionAsync("() => window.heard.some((html) => html.includes('42.5'))");
        var heard = string.Concat(await visitor.Page.EvaluateAsync<string[]>("window.heard"));
        heard.ShouldNotContain("ben-");
        heard.ShouldNotContain("77.25");
        heard.ShouldNotContain("pipeline-figures");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious_on_the_pages_before_and_behind_the_door(ColorScheme scheme)
    {
        await using var visitor = await dashboard.VisitAsync(scheme, axe: true);
        await visitor.GoAsync("/sign-in?problem=wrong");
        (await Axe.SeriousAsync(visitor.Page)).ShouldBeEmpty("/sign-in");
        var administrator = await dashboard.AddUserAsync("administrator");
        await GuardedDashboard.SignInAsync(visitor, administrator);
        foreach (var path in new[]
        {
            "/users", "/users/" + administrator, "/account", "/audit", "/manage/devices", "/manage/add-device", "/manage/devices/anna-meter", "/manage/sites?edit=anna-house", "/manage/customers",
        })
        {
            await visitor.GoAsync(path);
            (await Axe.SeriousAsync(visitor.Page)).ShouldBeEmpty(path);
        }

        await visitor.GoAsync("/account");
        await visitor.Page.GetByLabel("What it is for").FillAsync("axe");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        await visitor["#new-secret"].WaitForAsync();
        (await Axe.SeriousAsync(visitor.Page)).ShouldBeEmpty("a new token");
    }

    [Fact]
    public async Task A_phone_shows_all_of_it_without_scrolling_sideways()
    {
        var administrator = await dashboard.AddUserAsync("administrator");
        await using var visitor = await dashboard.VisitAsync(size: (360, 740));
        await visitor.GoAsync("/users");
        await GuardedDashboard.SignInAsync(visitor, administrator);
        foreach (var path in new[] { "/users", "/users/" + administrator, "/account", "/audit", "/manage/devices", "/manage/devices/anna-meter", "/manage/sites" })
        {
            await visitor.GoAsync(path);
            var (content, window) = (await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await visitor.Page.EvaluateAsync<int>("innerWidth"));
            content.ShouldBeLessThanOrEqualTo(window, path);
        }
    }
}
