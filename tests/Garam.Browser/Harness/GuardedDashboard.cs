using System.Globalization;

namespace Garam.Browser;

/// <summary>
/// The real program and a real browser, as <see cref="Dashboard"/>, but everybody has to sign in, and there are two customers, Anna and Ben,
/// with a meter and a fire detector each. Tests of a class share it; each makes users of its own.
/// </summary>
public sealed class GuardedDashboard : IAsyncLifetime
{
    public const string Password = "correct horse battery staple 9";
    private const string Token = "an-administrators-token-for-tests";

    private readonly TemporaryFolder _folder = new();
    private Chromium _chromium = null!;
    private int _users;

    internal GaramProcess Program { get; private set; } = null!;

    internal NodeApi Api => Program.Api;

    public async ValueTask InitializeAsync()
    {
        Program = await GaramProcess.StartAsync(_folder["data"], new Dictionary<string, string>
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
            await Api.SendAsync($"{customer}-meter", """{"power":1.5}""");
            await Api.PlaceAsync($"{customer}-fire", $"{customer}-house", customer: customer);
            await Api.CalmAsync($"{customer}-fire");
        }

        await Api.ShouldReadAsync("ben-meter", "power", "1.5");
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await Program.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A new user, by name.</summary>
    internal async Task<string> AddUserAsync(string role, string? customer = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{role}-{Interlocked.Increment(ref _users)}");
        await PutAsync($"/api/v1/users/{name}", $$"""{"password":"{{Password}}","role":"{{role}}"{{(customer is null ? "" : $",\"customerId\":\"{customer}\"")}}}""");
        return name;
    }

    /// <summary>A fresh profile; nobody has signed in there.</summary>
    internal async Task<Visitor> VisitAsync(
        ColorScheme scheme = ColorScheme.Light, bool axe = false, bool script = true, string? url = null, string language = "en-GB", (int Width, int Height)? size = null)
    {
        var context = await _chromium.Browser.NewContextAsync(new()
        {
            BaseURL = url ?? Program.Url, Locale = language, ColorScheme = scheme, BypassCSP = axe, JavaScriptEnabled = script,
            ViewportSize = new() { Width = size?.Width ?? 1280, Height = size?.Height ?? 800 },
        });
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>A fresh profile in which this user has signed in, on this page.</summary>
    internal async Task<Visitor> SignedInAsync(string user, string path = "/", bool script = true, string? url = null)
    {
        var visitor = await VisitAsync(script: script, url: url);
        await visitor.GoAsync(path);
        await SignInAsync(visitor, user);
        return visitor;
    }

    /// <summary>Fills the form of the page that is open.</summary>
    internal static async Task SignInAsync(Visitor visitor, string user, string password = Password)
    {
        await visitor.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(user);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visitor.LoadedAsync();
    }

    internal async Task PutAsync(string path, string body)
    {
        using var answer = await Api.PutAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
