using System.Diagnostics;
using System.Net;

namespace Garam.Browser;

/// <summary>What becomes of open pages when who has opened them may no longer, or may do less.</summary>
public sealed class Sessions(GuardedDashboard dashboard) : IClassFixture<GuardedDashboard>
{
    /// <summary>Seconds in which a page has to say what has become of it.</summary>
    private const double LimitSeconds = 5;

    private const string Over = "html[data-line=over]";

    [Fact]
    public async Task Signing_out_leads_to_the_sign_in_and_is_told_to_the_other_tabs_which_come_back_to_where_they_were()
    {
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync("viewer"), "/alarms?state=all");
        await visitor.LiveAsync();
        var other = await visitor.Context.NewPageAsync();
        await other.GotoAsync("/");
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await other.WaitForURLAsync("**/sign-in", new() { WaitUntil = WaitUntilState.Commit });

        // Browsers do not tell a page in the background of time that passes; it looks when it comes to the front.
        await visitor.Page.BringToFrontAsync();
        await WaitAttachedAsync(visitor, Over);
        var note = visitor.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "You are signed out" });
        await note.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await GuardedDashboard.SignInAsync(visitor, await dashboard.AddUserAsync("viewer"));
        new Uri(visitor.Page.Url).PathAndQuery.ShouldBe("/alarms?state=all");
        await visitor.LiveAsync();
    }

    [Fact]
    public async Task A_session_that_expires_while_a_page_is_open_is_told_within_five_seconds_and_the_way_back_leads_there()
    {
        await using var relay = new Relay(dashboard.Program.HttpPort);
        var user = await dashboard.AddUserAsync("viewer");
        await using var visitor = await dashboard.SignedInAsync(user, "/devices/anna-meter?range=7d", url: relay.Url);
        await visitor.LiveAsync();
        // A browser throws the cookie away when its time is over; the next connection of the stream is nobody's. It is gone before the page
        // notices that the line is dead: a stream opened with it would live on.
        relay.Cut();
        await visitor.Context.ClearCookiesAsync();
        await WaitAttachedAsync(visitor, "html[data-line=lost]");
        var clock = Stopwatch.StartNew();
        relay.Mend();
        await WaitAttachedAsync(visitor, Over);
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(LimitSeconds);
        (await visitor["#sign-in-again"].GetAttributeAsync("href")).ShouldBe("/sign-in?returnUrl=%2Fdevices%2Fanna-meter%3Frange%3D7d");
        await visitor["#sign-in-again"].ClickAsync();
        await GuardedDashboard.SignInAsync(visitor, user);
        new Uri(visitor.Page.Url).PathAndQuery.ShouldBe("/devices/anna-meter?range=7d");
        await visitor.LiveAsync();
    }

    [Theory]
    [InlineData("""{"disabled":true}""")]
    [InlineData("""{"customerId":"anna"}""")]
    [InlineData(null)]
    public async Task Whose_account_is_switched_off_moved_or_removed_loses_the_open_page_within_five_seconds(string? change)
    {
        var user = await dashboard.AddUserAsync("viewer");
        await using var visitor = await dashboard.SignedInAsync(user);
        await visitor.LiveAsync();
        var clock = Stopwatch.StartNew();
        if (change is not null)
            await dashboard.PutAsync($"/api/v1/users/{user}", change);
        else
            (await dashboard.Api.Http.DeleteAsync($"/api/v1/users/{user}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await WaitAttachedAsync(visitor, Over);
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(LimitSeconds);

        await visitor.GoAsync("/devices/ben-meter");
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/sign-in");
        await GuardedDashboard.SignInAsync(visitor, user);
        if (change?.Contains("anna", StringComparison.Ordinal) is true)
            (await visitor["h1"].InnerTextAsync()).ShouldBe("There is nothing here");
        else
            (await visitor.Page.GetByRole(AriaRole.Alert).First.InnerTextAsync()).ShouldContain("wrong");
    }

    [Fact]
    public async Task Who_becomes_a_viewer_is_refused_by_the_old_page_on_a_page_and_finds_no_buttons_on_the_new_one()
    {
        await dashboard.Api.SendAsync("anna-meter", "no json");
        await dashboard.Api.ShouldBeDeadAsync("anna-meter", "invalid-json");
        var user = await dashboard.AddUserAsync("operator");
        await using var visitor = await dashboard.SignedInAsync(user, "/dead-letters?reason=invalid-json", script: false);
        var retry = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try these again" });
        await dashboard.PutAsync($"/api/v1/users/{user}", """{"role":"viewer"}""");

        await retry.ClickAsync();
        (await visitor["h1"].InnerTextAsync()).ShouldBe("Sign in first");
        (await dashboard.Api.ShouldBeDeadAsync("anna-meter", "invalid-json")).GetProperty("attempts").GetInt32().ShouldBe(1);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await GuardedDashboard.SignInAsync(visitor, user);
        new Uri(visitor.Page.Url).PathAndQuery.ShouldBe("/dead-letters?reason=invalid-json");
        (await visitor["tr", "anna-meter"].CountAsync()).ShouldBe(1);
        (await retry.CountAsync()).ShouldBe(0);

        // A form that was kept or made up is refused too.
        await visitor.Page.Locator("form[action='/sign-out']").First.WaitForAsync();
        await visitor.GoAsync("/dead-letters");
        var token = await visitor["form[action='/sign-out'] input[name=__RequestVerificationToken]"].First.InputValueAsync();
        var form = visitor.Page.APIRequest.CreateFormData();
        form.Set("__RequestVerificationToken", token);
        var answer = await visitor.Page.APIRequest.PostAsync(dashboard.Program.Url + "/dead-letters/retry", new()
        {
            Form = form, Headers = new Dictionary<string, string> { ["Accept"] = "text/html,*/*;q=0.8" },
        });
        answer.Status.ShouldBe((int)HttpStatusCode.Forbidden);
        var page = await answer.TextAsync();
        page.ShouldContain("</html>");
        page.ShouldContain("Sign out");
    }

    private static Task WaitAttachedAsync(Visitor visitor, string selector) => visitor[selector].WaitForAsync(new() { State = WaitForSelectorState.Attached });
}
