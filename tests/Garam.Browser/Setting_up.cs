namespace Garam.Browser;

/// <summary>A node that nobody can sign in to yet.</summary>
public sealed class Setting_up : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private GaramProcess _program = null!;
    private Chromium _chromium = null!;

    public async ValueTask InitializeAsync()
    {
        _program = await GaramProcess.StartAsync(_folder["data"], new Dictionary<string, string> { ["GARAM__IDENTITY__SIGN_IN"] = "required" });
        _chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Who_comes_first_is_led_to_the_setup_which_takes_the_printed_token_alone(ColorScheme scheme)
    {
        var context = await _chromium.Browser.NewContextAsync(new() { BaseURL = _program.Url, Locale = "en-GB", ColorScheme = scheme, BypassCSP = true });
        await using var visitor = new Visitor(context, await context.NewPageAsync());
        await visitor.GoAsync("/alarms");
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/setup");
        (await Axe.SeriousAsync(visitor.Page)).ShouldBeEmpty();

        await visitor.Page.GetByLabel("Setup token").FillAsync("guessed");
        await visitor.Page.GetByLabel("Name").FillAsync("anna");
        await visitor.Page.GetByLabel("Password").FillAsync("correct horse battery");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make the administrator" }).ClickAsync();
        await visitor["[role=alert]", "not the setup token"].WaitForAsync();
        (await Axe.SeriousAsync(visitor.Page)).ShouldBeEmpty();
    }
}
