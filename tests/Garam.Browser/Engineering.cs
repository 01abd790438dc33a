using System.Net;

namespace Garam.Browser;

/// <summary>An engineer's work on rules and products, and who is kept from it.</summary>
public sealed class Engineering(GuardedDashboard dashboard) : IClassFixture<GuardedDashboard>
{
    private readonly GuardedDashboard _dashboard = dashboard;

    [Fact]
    public async Task A_limit_is_changed_compared_back_tested_put_in_force_and_rolled_back()
    {
        await PutRulesetAsync("eng-limits");
        foreach (var (minutesAgo, celsius) in new[] { (40, 30), (30, 50), (20, 30), (10, 70), (5, 30) })
            await SendAsync("eng-01", celsius, minutesAgo);
        await _dashboard.Api.SettledLedgerAsync();
        await using var visitor = await _dashboard.SignedInAsync(await _dashboard.AddUserAsync("engineer"), "/rules");

        await visitor["td a", "eng-limits"].ClickAsync();
        await visitor["#rule-list", "pcb_temperature > 60"].WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).First.ClickAsync();

        // 60 becomes 45, by way of a slip of the finger.
        await AtEndOfAsync(visitor, "pcb_temperature > 60");
        await visitor.Page.Keyboard.TypeAsync(" and pcb_temprature > 1");
        await visitor["#problems a", "line 6"].WaitForAsync();
        (await visitor["#problems"].InnerTextAsync()).ShouldContain("pcb_temprature");
        await visitor[".cm-lintRange-error"].WaitForAsync();
        for (var i = 0; i < " and pcb_temprature > 1".Length + 2; i++)
            await visitor.Page.Keyboard.PressAsync("Backspace");
        await visitor.Page.Keyboard.TypeAsync("45");
        await visitor["#problems .s-normal"].WaitForAsync();
        await visitor["#rule-list", "pcb_temperature > 45"].WaitForAsync();

        await visitor.Page.GetByLabel("Reason").FillAsync("warn <b>earlier</b>");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save as a new version" }).ClickAsync();
        await visitor[".fields del", "pcb_temperature > 60"].WaitForAsync();
        await visitor[".fields ins", "pcb_temperature > 45"].WaitForAsync();
        (await visitor[".diff .add"].InnerTextAsync()).ShouldStartWith("+");
        (await visitor[".pairs", "warn <b>earlier</b>"].CountAsync()).ShouldBe(1);

        await visitor[".orders a", "Back-test"].ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Run the back-test" }).ClickAsync();
        await visitor[".picture .prow", "hot"].WaitForAsync();
        (await visitor[".prow rect.draft:not(.shared)"].CountAsync()).ShouldBe(1);
        (await visitor[".prow rect.draft.shared"].CountAsync()).ShouldBe(1);
        (await visitor[".prow rect.live.shared"].CountAsync()).ShouldBe(1);
        (await visitor[".prow svg[role=img]"].GetAttributeAsync("aria-label")).ShouldBe("hot: the draft raises 2, the live version 1");
        (await visitor[".strip .only-draft b"].InnerTextAsync()).ShouldBe("1");
        (await visitor["td.only-draft", "+ only the draft"].CountAsync()).ShouldBe(1);

        await JudgeAsync(new Uri(visitor.Page.Url).AbsolutePath, "/rules/eng-limits/diff");

        await OrderAsync(visitor, "Put version 2 in force", "fewer surprises");
        await visitor[".meta", "v2 is live"].WaitForAsync();
        await OrderAsync(visitor, "Roll back to version 1", "too many at noon");
        await visitor[".meta", "v1 is live"].WaitForAsync();
        (await visitor[".history"].InnerTextAsync()).ShouldContain("too many at noon");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trial_is_started_compared_and_ended_with_the_keyboard_alone()
    {
        await PutRulesetAsync("eng-trial");
        await PutRulesetAsync("eng-trial", "> 60", "> 55", activate: false);
        await using var visitor = await _dashboard.SignedInAsync(await _dashboard.AddUserAsync("engineer"), "/rules/eng-trial?version=2");
        await KeyedOrderAsync(visitor, "Try version 2 on some devices", tabs: 2, "a tenth for a week");
        await visitor["section", "v2, on trial"].WaitForAsync();
        (await visitor["table", "Alarms a device"].CountAsync()).ShouldBe(1);
        await KeyedOrderAsync(visitor, "End the trial", tabs: 1, "seen enough");
        await visitor[".history li", "seen enough"].WaitForAsync();
        (await visitor["section", "v2, on trial"].CountAsync()).ShouldBe(0);

        // Tab leaves the editor as it leaves any field.
        await visitor.GoAsync("/rules/eng-trial/edit");
        await visitor[".cm-content"].FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Tab");
        (await visitor.Page.EvaluateAsync<bool>("document.activeElement.matches('.editor-host')")).ShouldBeFalse();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_script_a_text_is_checked_saved_and_back_tested_by_plain_forms()
    {
        await PutRulesetAsync("eng-plain");
        await using var visitor = await _dashboard.SignedInAsync(await _dashboard.AddUserAsync("engineer"), "/rules/eng-plain/edit", script: false);
        var text = await visitor["#text"].InputValueAsync();
        await visitor["#text"].FillAsync(text.Replace("severity: high", "severity: hihg", StringComparison.Ordinal));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await visitor["#problems a", "line 7"].WaitForAsync();
        (await visitor["#text"].InputValueAsync()).ShouldContain("hihg");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Compare with live (v1)" }).ClickAsync();
        await visitor["#compared p", "cannot be read as rules"].WaitForAsync();
        (await visitor["#compared .diff .add"].InnerTextAsync()).ShouldContain("hihg");
        (await visitor["#text"].InputValueAsync()).ShouldContain("hihg", Case.Sensitive, "the text stays");
        await visitor["#text"].FillAsync(text.Replace("severity: high", "severity: medium", StringComparison.Ordinal));
        await visitor.Page.GetByLabel("Reason").FillAsync("not that urgent");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Compare with live (v1)" }).ClickAsync();
        await visitor["#compared .fields ins", "medium"].WaitForAsync();
        (await visitor.Page.GetByLabel("Reason").InputValueAsync()).ShouldBe("not that urgent");
        (await visitor["#text"].InputValueAsync()).ShouldContain("severity: medium");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save as a new version" }).ClickAsync();
        await visitor[".fields ins", "medium"].WaitForAsync();

        await visitor.GoAsync("/rules/eng-plain/backtest?version=2");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Run the back-test" }).ClickAsync();
        // The page loads itself again until the run is over.
        await visitor["#backtest .strip"].WaitForAsync();
        (await visitor["#backtest h2", "beside live version 1"].CountAsync()).ShouldBe(1);

        // A text that is not saved is run as it is, and may be kept afterwards.
        await visitor.GoAsync("/rules/eng-plain/edit");
        await visitor["#text"].FillAsync(text.Replace("> 60", "> 80", StringComparison.Ordinal));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Run the back-test" }).ClickAsync();
        await visitor["#backtest .strip"].WaitForAsync();
        (await visitor["#backtest h2", "Unsaved text"].CountAsync()).ShouldBe(1);
        await visitor.Page.GetByLabel("Reason").FillAsync("quieter");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save as a new version" }).ClickAsync();
        await visitor[".fields ins", "pcb_temperature > 80"].WaitForAsync();
        (await visitor.GoAsync("/rules/eng-plain/backtests/999"))!.Status.ShouldBe((int)HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_spec_is_mended_while_typing_tried_with_payloads_saved_and_taken_back()
    {
        await PutProductAsync("eng-sensor");
        await using var visitor = await _dashboard.SignedInAsync(await _dashboard.AddUserAsync("engineer"), "/products/eng-sensor");
        await AtEndOfAsync(visitor, "format: hex_binary");
        await visitor.Page.Keyboard.TypeAsync("x");
        await visitor["#problems a", "line 3"].WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Backspace");
        await visitor["#problems .s-normal"].WaitForAsync();

        await visitor.Page.GetByLabel("Payload").FillAsync("00 FF");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Decode" }).ClickAsync();
        await visitor["#tried td", "25.5"].WaitForAsync();
        await visitor.Page.GetByLabel("Payload").FillAsync("00 FF 0G");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Decode" }).ClickAsync();
        (await visitor["#tried mark"].InnerTextAsync()).ShouldBe("G");
        await visitor.Page.GetByLabel("Payload").FillAsync("FF");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Decode" }).ClickAsync();
        await visitor["#tried code", "Truncated"].WaitForAsync();

        // The text in the editor counts, not the saved one.
        await AtEndOfAsync(visitor, "title: Sensor of the tests");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.TypeAsync("byte_order: little");
        await visitor.Page.GetByLabel("Payload").FillAsync("0xFF00");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Decode" }).ClickAsync();
        await visitor["#tried td", "25.5"].WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save and put in force" }).ClickAsync();
        await visitor[".note", "Saved and in force"].WaitForAsync();
        await visitor["a", "Text before"].ClickAsync();
        (await visitor["#text"].InputValueAsync()).ShouldNotContain("byte_order");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_who_save_at_once_do_not_overwrite_each_other_unseen()
    {
        await PutProductAsync("eng-shared");
        await using var visitor = await _dashboard.SignedInAsync(await _dashboard.AddUserAsync("engineer"), "/products/eng-shared", script: false);
        await PutProductAsync("eng-shared", "scale: 0.1", "scale: 0.01");
        var text = await visitor["#text"].InputValueAsync();
        await visitor["#text"].FillAsync(text.Replace("scale: 0.1", "scale: 1", StringComparison.Ordinal));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save and put in force" }).ClickAsync();
        await visitor["[role=alert]", "somebody else has changed"].WaitForAsync();
        (await visitor["#text"].InputValueAsync()).ShouldContain("scale: 1,");
    }

    [Theory]
    [InlineData("viewer", null)]
    [InlineData("operator", null)]
    [InlineData("engineer", "anna")]
    public async Task Who_is_no_engineer_of_the_whole_platform_is_refused_page_and_form(string role, string? customer)
    {
        await PutRulesetAsync("eng-limits");
        await using var visitor = await _dashboard.SignedInAsync(await _dashboard.AddUserAsync(role, customer));
        (await visitor[".side a[href='/rules'], .side a[href='/products']"].CountAsync()).ShouldBe(0);
        foreach (var path in new[] { "/rules", "/rules/eng-limits", "/rules/eng-limits/edit", "/rules/eng-limits/diff", "/rules/eng-limits/backtest", "/rules/eng-limits/backtests/1", "/new/ruleset", "/products", "/products/product_a", "/new/product" })
            (await visitor.GoAsync(path))!.Status.ShouldBe((int)HttpStatusCode.Forbidden, path);
        await visitor["h1", "You may not see this"].WaitForAsync();
        await visitor.Page.EvaluateAsync("""
            () => {
              window.heard = [];
              const stream = new EventSource("/live?backtest=1&card=anna-meter");
              stream.addEventListener("parts", (event) => window.heard.push(event.data));
              stream.addEventListener("pulse", () => window.heard.push("pulse"));
            }
            """);
        await visitor.Page.WaitForFunctionAsync("() => window.heard.length > 1");
        string.Concat(await visitor.Page.EvaluateAsync<string[]>("window.heard")).ShouldNotContain("backtest");
        foreach (var path in new[] { "/rules/eng-limits/activate", "/rules/eng-limits/versions", "/rules/eng-limits/check", "/rules/eng-limits/backtests", "/products/product_a", "/products/product_a/try" })
            (await visitor.Page.APIRequest.PostAsync(_dashboard.Program.Url + path)).Status.ShouldBe((int)HttpStatusCode.Forbidden, path);
    }

    /// <summary>What axe says of pages that only this class has, in both themes.</summary>
    private async Task JudgeAsync(params string[] paths)
    {
        await using var visitor = await _dashboard.VisitAsync(axe: true);
        await visitor.GoAsync(paths[0]);
        await GuardedDashboard.SignInAsync(visitor, await _dashboard.AddUserAsync("engineer"));
        foreach (var path in paths)
        {
            await visitor.GoAsync(path);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                (await Axe.SeriousAsync(visitor.Page)).ShouldBeEmpty();
            }
        }
    }

    /// <summary>Puts the editor's cursor behind a text.</summary>
    private static async Task AtEndOfAsync(Visitor visitor, string text)
    {
        await visitor[".cm-line", text].ClickAsync();
        await visitor.Page.Keyboard.PressAsync("End");
    }

    private static async Task OrderAsync(Visitor visitor, string name, string reason)
    {
        await visitor["summary", name].ClickAsync();
        await visitor["details[open] input[name=reason]"].FillAsync(reason);
        await visitor["details[open] button", name].ClickAsync();
    }

    /// <param name="tabs">How often Tab is pressed from the summary to the reason.</param>
    private static async Task KeyedOrderAsync(Visitor visitor, string name, int tabs, string reason)
    {
        await visitor["summary", name].FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        for (var i = 0; i < tabs; i++)
            await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync(reason);
        await visitor.Page.Keyboard.PressAsync("Enter");
    }

    private async Task PutRulesetAsync(string id, string old = "> 60", string next = "> 60", bool activate = true)
    {
        var text = $$"""
            ruleset: {{id}}
            product: fire-detector
            rules:
              - id: hot
                type: threshold
                when: pcb_temperature > 60
                severity: high
                message: "Hot: {pcb_temperature:0.0} °C"
            """.Replace(old, next, StringComparison.Ordinal);
        using var answer = await _dashboard.Api.PutAsync($"/api/v1/rulesets/{id}?reason=tests&activate={(activate ? "true" : "false")}", text, "application/yaml");
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task PutProductAsync(string id, string old = "", string next = "")
    {
        var text = $$"""
            product_type: {{id}}
            title: Sensor of the tests
            format: hex_binary
            parsing_type: length_based
            conversion:
              - {field: temperature, offset: 0, length: 2, type: int16, scale: 0.1, unit: celsius, valid: {min: -40, max: 60} }
            """;
        await _dashboard.Api.PutProductAsync(id, old.Length == 0 ? text : text.Replace(old, next, StringComparison.Ordinal));
    }

    private Task SendAsync(string device, double celsius, int minutesAgo)
    {
        var time = DateTimeOffset.UtcNow.AddMinutes(-minutesAgo).ToUnixTimeMilliseconds();
        return _dashboard.Api.SendAsync(
            device,
            $$"""{"deviceId":"{{device}}","timestamp":{{time}},"idx":1,"status":0,"volt":221,"ct":10,"pcbTemp":{{celsius}},"sensorTemp":{{celsius - 2}},"co":2,"voc":90,"pFct":0.95,"aArc":0,"zct":1,"rzct":1,"pwr":2}""",
            "fire-detector");
    }
}
