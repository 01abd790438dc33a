namespace Garam.Browser;

/// <summary>The system's Chromium, started once for all tests of a class.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync()
    {
        var program = Array.Find(Places, File.Exists)
            ?? throw new InvalidOperationException($"None of {string.Join(", ", Places)} exists. Run the tests with ./garam test, which installs it.");
        var playwright = await Playwright.CreateAsync();
        // Tests run as root in containers, where the sandbox cannot be set up, and /dev/shm is small.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] });
        return new Chromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
