namespace Garam.Browser;

/// <summary>From a node that asks nobody to one on which everybody signs in.</summary>
public sealed class A_first_user(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private const string Password = "correct horse battery staple 9";

    [Fact]
    public async Task The_first_user_is_an_administrator_after_whom_everybody_signs_in_and_the_last_one_stays()
    {
        await using var visitor = await dashboard.VisitAsync("/account");
        (await visitor["main"].InnerTextAsync()).ShouldContain("Nobody has signed in");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Add a user" }).ClickAsync();
        await AddAsync(visitor, "viewer");
        await visitor["[role=alert]", "first user must be an administrator"].WaitForAsync();
        await AddAsync(visitor, "administrator");
        await visitor.AtAsync("**/sign-in?returnUrl=%2Fusers*");
        await GuardedDashboard.SignInAsync(visitor, "anna", Password);
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/users");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "anna", Exact = true }).ClickAsync();
        foreach (var (open, sure) in new[] { ("Switch off", "Switch off anna"), ("Remove", "Remove anna") })
        {
            await visitor["summary", open].ClickAsync();
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = sure }).ClickAsync();
            await visitor["[role=alert]", "This is the last administrator"].WaitForAsync();
        }

        await visitor["main form select[name=role]"].SelectOptionAsync("viewer");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visitor["[role=alert]", "This is the last administrator"].WaitForAsync();
        await visitor.GoAsync("/users");
        (await visitor["tr", "anna"].InnerTextAsync()).ShouldContain("Administrator");
    }

    private static async Task AddAsync(Visitor visitor, string role)
    {
        await visitor["form[action='/users'][method=post] [name=name]"].FillAsync("anna");
        await visitor["form[action='/users'][method=post] [name=role]"].SelectOptionAsync(role);
        await visitor["form[action='/users'][method=post] [name=password]"].FillAsync(Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add a user" }).ClickAsync();
    }
}
