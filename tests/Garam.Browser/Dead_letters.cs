using System.Globalization;

namespace Garam.Browser;

/// <summary>What a person does with messages that could not be stored.</summary>
public sealed class Dead_letters(Dashboard dashboard) : IClassFixture<Dashboard>
{
    [Fact]
    public async Task One_is_looked_at_to_the_byte_tried_again_after_the_spec_is_mended_and_another_is_removed()
    {
        await dashboard.Api.PutProductAsync("browser-mend", Spec("three"));
        await dashboard.Api.SendAsync("dead-01", """{"one":41}""", "browser-mend");
        await dashboard.Api.ShouldBeDeadAsync("dead-01", "nothing-decoded");
        await dashboard.Api.SendAsync("dead-02", "0x00FA", "product_a");
        var lost = (await dashboard.Api.ShouldBeDeadAsync("dead-02", "truncated")).GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);

        await using var visitor = await dashboard.VisitAsync("/dead-letters");
        await visitor["tr", "dead-01"].Locator("a").First.ClickAsync();
        (await visitor[".hex"].InnerTextAsync()).ShouldContain("7b 22 6f 6e 65 22");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await visitor["[role=status]", "0 are stored now, 1 failed again"].WaitForAsync();

        await dashboard.Api.PutProductAsync("browser-mend", Spec("one"));
        await visitor["tr", "dead-01"].Locator("a").First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await visitor["[role=status]", "1 are stored now, 0 failed again"].WaitForAsync();
        (await visitor["tr", "dead-01"].CountAsync()).ShouldBe(0);
        await dashboard.Api.ShouldReadAsync("dead-01", "value", "41");

        // The dangerous one is pressed twice, here by the keyboard.
        await visitor.GoAsync("/dead-letters/" + lost);
        await visitor["summary", "Remove"].FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        (await visitor["details"].InnerTextAsync()).ShouldContain("gone for good");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor["[role=status]", "1 removed for good"].WaitForAsync();
        (await dashboard.Api.DeadLettersAsync("dead-02")).ShouldBeEmpty();
        visitor.Complaints.ShouldBeEmpty();
    }

    private static string Spec(string source) => $$"""
        product_type: browser-mend
        title: {en: Mended}
        version: 1
        format: json
        conversion:
          mapping:
            - {source: {{source}}, target: value, type: float}
        """;
}
