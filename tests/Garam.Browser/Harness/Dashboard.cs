namespace Garam.Browser;

/// <summary>The real program and a real browser, shared by the tests of a class; each test uses devices and a browser profile of its own.</summary>
public sealed class Dashboard : IAsyncLifetime
{
    private TemporaryFolder? _folder;
    private Chromium? _chromium;

    internal GaramProcess Program { get; private set; } = null!;

    /// <summary>Its data folder.</summary>
    internal string Data => _folder!["data"];

    internal NodeApi Api => Program.Api;

    public async ValueTask InitializeAsync()
    {
        _folder = new TemporaryFolder();
        Program = await GaramProcess.StartAsync(_folder["data"]);
        _chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        await Program.DisposeAsync();
        _folder?.Dispose();
    }

    /// <summary>A fresh profile with one open page.</summary>
    /// <param name="url">Where the program is reached; its own address by default.</param>
    internal async Task<Visitor> VisitAsync(
        string path = "/", string language = "en-GB", ColorScheme scheme = ColorScheme.Light, (int Width, int Height)? size = null,
        bool script = true, bool axe = false, string? url = null, string zone = "Asia/Seoul")
    {
        var context = await _chromium!.Browser.NewContextAsync(new()
        {
            BaseURL = url ?? Program.Url,
            Locale = language,
            ColorScheme = scheme,
            TimezoneId = zone,
            JavaScriptEnabled = script,
            // The policy forbids scripts of others, and axe is one.
            BypassCSP = axe,
            ViewportSize = new() { Width = size?.Width ?? 1280, Height = size?.Height ?? 800 },
        });
        var page = await context.NewPageAsync();
        var visitor = new Visitor(context, page);
        await visitor.GoAsync(path);
        return visitor;
    }
}
