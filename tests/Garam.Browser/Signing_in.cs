using System.Net;

namespace Garam.Browser;

/// <summary>A node that demands credentials, in the hands of two customers.</summary>
public sealed class Signing_in : IAsyncLifetime
{
    private const string Token = "an-administrators-token-for-tests";
    private const string Password = "correct horse battery staple 9";

    private readonly TemporaryFolder _folder = new();
    private GaramProcess _program = null!;
    private Chromium _chromium = null!;

    public async ValueTask InitializeAsync()
    {
        _program = await GaramProcess.StartAsync(_folder["data"], new Dictionary<string, string>
        {
            ["GARAM__IDENTITY__TOKENS__0__NAME"] = "tests",
            ["GARAM__IDENTITY__TOKENS__0__TOKEN"] = Token,
            ["GARAM__IDENTITY__TOKENS__0__ROLE"] = "administrator",
        }, Token);
        _chromium = await Chromium.StartAsync();
        foreach (var customer in new[] { "anna", "ben" })
        {
            await PutAsync($"/api/v1/customers/{customer}", "{}");
            await PutAsync($"/api/v1/sites/{customer}-house", $$"""{"customerId":"{{customer}}"}""");
            await PutAsync($"/api/v1/devices/{customer}-meter", $$"""{"productId":"json","siteId":"{{customer}}-house"}""");
            await _program.Api.SendAsync($"{customer}-meter", """{"power":1.5}""");
            await _program.Api.PlaceAsync($"{customer}-fire", $"{customer}-house", customer: customer);
            await _program.Api.CalmAsync($"{customer}-fire");
        }

        await PutAsync("/api/v1/users/anna", $$"""{"password":"{{Password}}","role":"viewer","customerId":"anna"}""");
        await _program.Api.ShouldReadAsync("ben-meter", "power", "1.5");
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_customers_user_signs_in_and_sees_their_own_devices_only()
    {
        await using var visitor = await VisitAsync();
        await visitor.GoAsync("/devices/anna-meter");
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/sign-in");
        await SignInAsync(visitor, "wrong " + Password);
        (await visitor.Page.GetByRole(AriaRole.Alert).First.InnerTextAsync()).ShouldContain("wrong");
        await SignInAsync(visitor, Password);
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
        (await visitor.Page.APIRequest.GetAsync(_program.Url + "/api/v1/devices/ben-meter/latest")).Status.ShouldBe((int)HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_stream_tells_a_customers_user_nothing_of_others()
    {
        await using var visitor = await VisitAsync();
        await visitor.GoAsync("/");
        await SignInAsync(visitor, Password);
        await visitor.GoAsync("/");
        await visitor.LiveAsync();
        await visitor.Page.EvaluateAsync("""
            () => {
              window.heard = [];
              const stream = new EventSource("/live?card=ben-meter&card=anna-meter&device=ben-meter&metric=power&alarms=1&pipeline=1&fire=1&fire-site=ben-house");
              stream.addEventListener("parts", (event) => window.heard.push(event.data));
            }
            """);
        await _program.Api.BurnAsync("ben-fire");
        await _program.Api.BurnAsync("anna-fire");
        await visitor.Page.WaitForFunctionAsync("() => window.heard.some((html) => /fire-window-anna-fire/.test(html) && /s-critical/.test(html))");
        await _program.Api.SendAsync("ben-meter", """{"power":77.25}""");
        await _program.Api.SendAsync("anna-meter", """{"power":42.5}""");
        await visitor.Page.WaitForFunctionAsync("() => window.heard.some((html) => html.includes('42.5'))");
        var heard = string.Concat(await visitor.Page.EvaluateAsync<string[]>("window.heard"));
        heard.ShouldNotContain("ben-");
        heard.ShouldNotContain("77.25");
        heard.ShouldNotContain("pipeline-figures");
    }

    [Fact]
    public async Task Signing_out_and_losing_the_account_end_what_is_open()
    {
        await using var visitor = await VisitAsync();
        await visitor.GoAsync("/");
        await SignInAsync(visitor, Password);
        await visitor["#card-anna-meter"].WaitForAsync();
        await visitor.LiveAsync();
        using var disabled = await _program.Api.Http.DeleteAsync("/api/v1/users/anna");
        disabled.IsSuccessStatusCode.ShouldBeTrue(await disabled.Content.ReadAsStringAsync());
        await visitor["html[data-line=over]"].WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visitor.GoAsync("/");
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/sign-in");
    }

    private static async Task SignInAsync(Visitor visitor, string password)
    {
        await visitor.Page.GetByLabel("Name").FillAsync("anna");
        await visitor.Page.GetByLabel("Password").FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visitor.Page.WaitForLoadStateAsync(LoadState.Load);
    }

    private async Task<Visitor> VisitAsync()
    {
        var context = await _chromium.Browser.NewContextAsync(new() { BaseURL = _program.Url, Locale = "en-GB" });
        return new Visitor(context, await context.NewPageAsync());
    }

    private async Task PutAsync(string path, string body)
    {
        using var answer = await _program.Api.PutAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
