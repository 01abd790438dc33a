using System.Net;
using System.Net.Http.Headers;

namespace Garam.Browser;

/// <summary>Users, one's own account and the audit trail on their pages.</summary>
public sealed class Managing_people(GuardedDashboard dashboard) : IClassFixture<GuardedDashboard>
{
    [Fact]
    public async Task An_administrator_adds_a_user_by_keyboard_alone_changes_switches_off_and_removes_them()
    {
        var admin = await dashboard.AddUserAsync("administrator");
        await using var visitor = await dashboard.SignedInAsync(admin, "/users");
        var keys = visitor.Page.Keyboard;
        await visitor["form[action='/users'][method=post] [name=name]"].FocusAsync();
        await keys.TypeAsync("-bob");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("Bob <b>B</b>");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("Oper");
        foreach (var _ in new[] { "customer", "language", "password" })
            await keys.PressAsync("Tab");
        await keys.TypeAsync("a rather long sentence");
        await keys.PressAsync("Enter");
        await visitor["[role=alert]", "A name has 1 to 64"].WaitForAsync();
        (await visitor["[name=displayName]"].InputValueAsync()).ShouldBe("Bob <b>B</b>", "what was typed is still there");
        await visitor["form[action='/users'][method=post] [name=name]"].FillAsync("bob");
        await visitor["form[action='/users'][method=post] [name=password]"].FillAsync("a rather long sentence");
        await keys.PressAsync("Enter");
        await visitor["[role=status]", "The user is added"].WaitForAsync();
        (await visitor["tr", "Bob <b>B</b>"].InnerTextAsync()).ShouldContain("Operator");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "bob", Exact = true }).ClickAsync();
        await visitor.Page.GetByLabel("Customer").SelectOptionAsync("anna");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visitor["[role=status]", "Saved"].WaitForAsync();
        await visitor["summary", "Switch off"].ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Switch off bob" }).ClickAsync();
        await visitor["[role=status]", "switched off"].WaitForAsync();
        await visitor["summary", "Remove"].ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Remove bob" }).ClickAsync();
        await visitor["[role=status]", "removed"].WaitForAsync();
        (await visitor["tr", "bob"].CountAsync()).ShouldBe(0);

        await visitor.GoAsync("/audit?subject=bob");
        var trail = await visitor["tbody"].InnerTextAsync();
        foreach (var (done, detail) in new[] { ("added a user", "role operator"), ("changed a user", "customer anna"), ("changed a user", "disabled true"), ("removed a user", "") })
        {
            trail.ShouldContain(done);
            trail.ShouldContain(detail);
        }

        trail.ShouldContain(admin);
        trail.ShouldNotContain("rather long");
        await visitor.Page.GetByLabel("Did what").SelectOptionAsync("user.remove");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        (await visitor["tbody tr"].CountAsync()).ShouldBe(1);
        new Uri(visitor.Page.Url).Query.ShouldContain("action=user.remove");
        visitor.Complaints.ShouldHaveSingleItem().ShouldContain("400", customMessage: "the name that cannot be");
    }

    [Fact]
    public async Task People_change_their_password_and_end_their_other_sessions()
    {
        var user = await dashboard.AddUserAsync("viewer", "anna");
        await using var visitor = await dashboard.SignedInAsync(user, "/account", script: false);
        await using var elsewhere = await dashboard.SignedInAsync(user);
        await elsewhere.LiveAsync();
        (await visitor["main"].InnerTextAsync()).ShouldContain("anna");
        await ChangeAsync(visitor, "not the password", "correct horse battery 10");
        await visitor["[role=alert]", "not your present password"].WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();
        await visitor["[role=status]", "All your other sessions have ended"].WaitForAsync();
        await elsewhere["html[data-line=over]"].WaitForAsync(new() { State = WaitForSelectorState.Attached });

        await ChangeAsync(visitor, GuardedDashboard.Password, "correct horse battery 10");
        await visitor["[role=status]", "The password is changed"].WaitForAsync();
        await elsewhere.GoAsync("/account");
        await GuardedDashboard.SignInAsync(elsewhere, user, "correct horse battery 10");
        new Uri(elsewhere.Page.Url).AbsolutePath.ShouldBe("/account");
    }

    [Fact]
    public async Task An_API_token_is_shown_once_copied_works_and_is_revoked()
    {
        var user = await dashboard.AddUserAsync("engineer");
        await using var visitor = await dashboard.SignedInAsync(user, "/account");
        await visitor.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visitor.Page.GetByLabel("What it is for").FillAsync("grafana");
        (await visitor["[name=tokenRole] option"].AllInnerTextsAsync()).ShouldBe(["Viewer", "Operator", "Engineer"]);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        var token = await visitor["#new-secret"].InputValueAsync();
        token.ShouldStartWith("garam_");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await visitor["[data-copy]", "Copied"].WaitForAsync();
        (await visitor.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(token);
        (await StatusAsync(token, "/api/v1/devices")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(token, "/api/v1/auth/tokens")).ShouldBe(HttpStatusCode.Forbidden, "it makes no others");

        await visitor.GoAsync("/account");
        (await visitor.Page.ContentAsync()).ShouldNotContain(token);
        await visitor[".tokens summary"].ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke grafana" }).ClickAsync();
        await visitor["[role=status]", "The token is void"].WaitForAsync();
        (await StatusAsync(token, "/api/v1/devices")).ShouldBe(HttpStatusCode.Unauthorized);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("viewer", null)]
    [InlineData("administrator", "anna")]
    public async Task Who_may_not_is_told_so_on_a_page_and_finds_no_way_there(string role, string? customer)
    {
        await using var visitor = await dashboard.SignedInAsync(await dashboard.AddUserAsync(role, customer));
        (await visitor["a[href='/users'], a[href='/audit']"].CountAsync()).ShouldBe(0);
        foreach (var path in new[] { "/users", "/users/anybody", "/audit", "/manage/add-device", "/manage/devices/anna-meter" })
        {
            (await visitor.GoAsync(path))!.Status.ShouldBe((int)HttpStatusCode.Forbidden, path);
            (await visitor["h1"].InnerTextAsync()).ShouldBe("You may not see this", path);
        }
    }

    private static async Task ChangeAsync(Visitor visitor, string current, string next)
    {
        await visitor.Page.GetByLabel("Present password").FillAsync(current);
        await visitor.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(next);
        await visitor.Page.GetByLabel("New password again").FillAsync(next);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
    }

    private async Task<HttpStatusCode> StatusAsync(string token, string path)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync(new Uri(dashboard.Program.Url + path));
        return answer.StatusCode;
    }
}
