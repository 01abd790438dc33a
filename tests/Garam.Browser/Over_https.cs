namespace Garam.Browser;

/// <summary>The dashboard of a node with a certificate of its own making.</summary>
public sealed class Over_https : IAsyncLifetime
{
    private const string Token = "an-administrators-token-for-tests";
    private readonly TemporaryFolder _folder = new();
    private GaramProcess _program = null!;
    private Chromium _chromium = null!;

    public async ValueTask InitializeAsync()
    {
        var (certificate, key) = Tls.MakeCertificate(_folder["tls"]);
        _program = await GaramProcess.StartAsync(_folder["data"], new Dictionary<string, string>
        {
            ["GARAM__HTTP__CERTIFICATE"] = certificate,
            ["GARAM__HTTP__KEY"] = key,
            ["GARAM__IDENTITY__TOKENS__0__NAME"] = "tests",
            ["GARAM__IDENTITY__TOKENS__0__TOKEN"] = Token,
            ["GARAM__IDENTITY__TOKENS__0__ROLE"] = "administrator",
        }, Token);
        _chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_person_signs_in_their_session_is_for_https_alone_and_values_come_by_themselves()
    {
        using (var put = await _program.Api.PutAsync("/api/v1/users/anna", $$"""{"password":"{{GuardedDashboard.Password}}","role":"viewer"}"""))
            put.IsSuccessStatusCode.ShouldBeTrue(await put.Content.ReadAsStringAsync());
        await _program.Api.SendAsync("secure-01", """{"temperature":25.5}""", "json");
        await _program.Api.ShouldReadAsync("secure-01", "temperature", "25.5");
        // Nobody signed the certificate, and the person goes on.
        var context = await _chromium.Browser.NewContextAsync(new() { BaseURL = _program.Url, Locale = "en-GB", IgnoreHTTPSErrors = true });
        await using var visitor = new Visitor(context, await context.NewPageAsync());

        await visitor.GoAsync("/?q=secure-01");
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/sign-in");
        await GuardedDashboard.SignInAsync(visitor, "anna");

        visitor.Page.Url.ShouldBe(_program.Url + "/?q=secure-01");
        visitor.Page.Url.ShouldStartWith("https://");
        var cookies = (await context.CookiesAsync()).Where(c => c.HttpOnly).ToList();
        cookies.ShouldContain(c => c.Name.Contains("garam.session", StringComparison.Ordinal));
        cookies.ShouldAllBe(c => c.Secure);
        await visitor["#read-secure-01 b", "25.5"].WaitForAsync();
        await visitor.LiveAsync();
        await _program.Api.SendAsync("secure-01", """{"temperature":26.75}""");
        await visitor["#read-secure-01 b", "26.75"].WaitForAsync();
        (await visitor.Page.EvaluateAsync<bool>("performance.getEntriesByType('resource').every((r) => r.name.startsWith('https://'))")).ShouldBeTrue();
        visitor.Complaints.ShouldBeEmpty();
    }
}
