using System.Net;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Identity.Users;

namespace Garam.Platform.Tests.Identity;

/// <summary>People at the sign-in form, and what their session is worth afterwards.</summary>
public sealed class Sign_in : IAsyncLifetime
{
    private WebNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await WebNode.StartAsync();
        _node.AddUser("anna", Role.Operator);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_right_password_opens_a_session_in_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using var client = _node.Client();
        using var answer = await WebNode.SignInAsync(client, "Anna", returnUrl: "/alarms?state=open");

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.ToString().ShouldBe("/alarms?state=open");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("garam.session=", StringComparison.Ordinal)).ToLowerInvariant();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("expires", customMessage: "it ends with the browser unless the person asks otherwise");
        (await client.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("anna", "wrong horse battery")]
    [InlineData("nobody", WebNode.Password)]
    [InlineData("", "")]
    public async Task A_wrong_password_and_an_unknown_name_get_one_answer_and_no_session(string name, string password)
    {
        using var client = _node.Client();
        using var answer = await WebNode.SignInAsync(client, name, password);

        answer.Headers.Location!.ToString().ShouldBe("/sign-in?problem=wrong");
        (await client.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/a\nb", "/")]
    [InlineData("", "/")]
    [InlineData("/devices/x", "/devices/x")]
    public void Nobody_is_sent_to_another_site(string asked, string sent) => ReturnAddress.Of(asked).ShouldBe(sent);

    [Fact]
    public async Task A_form_without_the_anti_forgery_token_signs_nobody_in()
    {
        using var client = _node.Client();
        using var answer = await client.PostAsync("/sign-in", WebNode.Form(("name", "anna"), ("password", WebNode.Password)));

        answer.Headers.Location!.ToString().ShouldBe("/sign-in?problem=expired");
    }

    [Fact]
    public async Task A_change_by_a_session_needs_the_anti_forgery_token_and_one_by_a_bearer_does_not()
    {
        using var browser = await _node.SignedInAsync("anna");
        using var blind = await browser.PostAsync("/api/v1/dead-letters/drop", WebNode.Json("""{"ids":[1]}"""));
        blind.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await WebNode.CodeAsync(blind)).ShouldBe("forgery-token-missing");

        var me = await WebNode.ReadAsync(await browser.GetAsync("/api/v1/auth/me"));
        browser.DefaultRequestHeaders.Add(SessionCookie.ForgeryHeader, me.GetProperty("forgeryToken").GetString());
        (await browser.PostAsync("/api/v1/dead-letters/drop", WebNode.Json("""{"ids":[1]}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var program = _node.Root();
        (await program.PostAsync("/api/v1/dead-letters/drop", WebNode.Json("""{"ids":[1]}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_after_its_time_without_a_request_and_lasts_while_it_is_used()
    {
        using var idle = await _node.SignedInAsync("anna");
        using var busy = await _node.SignedInAsync("anna");
        for (var i = 0; i < 3; i++)
        {
            _node.Time.Advance(TimeSpan.FromHours(7));
            (await busy.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await idle.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _node.Time.Advance(TimeSpan.FromHours(13));
        (await busy.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("customer")]
    [InlineData("password")]
    [InlineData("disabled")]
    [InlineData("removed")]
    public async Task A_change_of_rights_ends_the_sessions_at_once(string what)
    {
        using var browser = await _node.SignedInAsync("anna");
        var users = _node.Node.Credentials.Users;

        (what switch
        {
            "role" => users.Change("anna", u => u with { Role = Role.Viewer }),
            "customer" => users.Change("anna", u => u with { CustomerId = "acme" }),
            "password" => users.Change("anna", u => u with { PasswordHash = "other" }),
            "disabled" => users.Change("anna", u => u with { Disabled = true }),
            _ => users.Remove("anna"),
        }).ShouldBe(UserOutcome.Done);

        (await browser.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_change_of_name_or_language_leaves_the_session()
    {
        using var browser = await _node.SignedInAsync("anna");
        _node.Node.Credentials.Users.Change("anna", u => u with { DisplayName = "Anna", Language = "ko" });

        var me = await WebNode.ReadAsync(await browser.GetAsync("/api/v1/auth/me"));
        (me.GetProperty("role").GetString(), me.GetProperty("language").GetString()).ShouldBe(("operator", "ko"));
    }

    [Fact]
    public async Task A_stream_that_is_open_ends_when_the_role_changes()
    {
        using var browser = await _node.SignedInAsync("anna");
        using var stream = await browser.GetAsync("/api/v1/stream", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync(Until.Token)).ShouldBe(": watching");

        _node.Node.Credentials.Users.Change("anna", u => u with { Role = Role.Viewer });

        (await lines.ReadToEndAsync(Until.Token)).Trim().ShouldBeEmpty(customMessage: "the stream has ended");
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_away()
    {
        using var browser = await _node.SignedInAsync("anna");
        var forgery = await browser.GetStringAsync("/test/forgery");
        using var answer = await browser.PostAsync("/sign-out", WebNode.Form(("__RequestVerificationToken", forgery)));

        answer.Headers.Location!.ToString().ShouldBe("/sign-in");
        (await browser.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_person_changes_the_own_password_and_stays_signed_in_here_but_nowhere_else()
    {
        using var here = await _node.SignedInAsync("anna");
        using var elsewhere = await _node.SignedInAsync("anna");
        var me = await WebNode.ReadAsync(await here.GetAsync("/api/v1/auth/me"));
        here.DefaultRequestHeaders.Add(SessionCookie.ForgeryHeader, me.GetProperty("forgeryToken").GetString());

        using var wrong = await here.PostAsync("/api/v1/auth/password", WebNode.Json("""{"current":"no","new":"another long sentence"}"""));
        (await WebNode.CodeAsync(wrong)).ShouldBe("wrong-password");
        using var weak = await here.PostAsync("/api/v1/auth/password", WebNode.Json($$"""{"current":"{{WebNode.Password}}","new":"short"}"""));
        (await WebNode.CodeAsync(weak)).ShouldBe("weak-password");
        using var done = await here.PostAsync("/api/v1/auth/password", WebNode.Json($$"""{"current":"{{WebNode.Password}}","new":"another long sentence"}"""));
        done.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await here.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await elsewhere.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Five_wrong_passwords_close_the_door_for_a_quarter_of_an_hour_also_to_the_right_one()
    {
        using var client = _node.Client();
        for (var i = 0; i < AttemptLimits.PerUserAndAddress; i++)
            (await WebNode.SignInAsync(client, "anna", "wrong horse battery")).Headers.Location!.ToString().ShouldBe("/sign-in?problem=wrong");

        (await WebNode.SignInAsync(client, "anna")).Headers.Location!.ToString().ShouldBe("/sign-in?problem=limited&seconds=900");
        _node.Time.Advance(AttemptLimits.Window);
        (await WebNode.SignInAsync(client, "anna")).Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task A_page_without_a_session_leads_to_the_form_and_back_and_a_fragment_leaves_the_page()
    {
        using var client = _node.Client();
        using var page = new HttpRequestMessage(HttpMethod.Get, "/openly/none");
        page.Headers.Add("Accept", "text/html");
        (await client.SendAsync(page)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var fragment = new HttpRequestMessage(HttpMethod.Get, "/api/v1/devices");
        fragment.Headers.Add("HX-Request", "true");
        fragment.Headers.Add("HX-Current-URL", "http://evil.example/devices?q=a");
        using var answer = await client.SendAsync(fragment);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.GetValues("HX-Redirect").Single().ShouldBe("/sign-in?returnUrl=%2Fdevices%3Fq%3Da");
    }

    [Fact]
    public async Task The_keys_of_the_cookies_are_readable_by_this_account_only()
    {
        using var browser = await _node.SignedInAsync("anna");
        var files = Directory.GetFiles(_node.Node.Folder.Secret("cookie-keys"));
        files.ShouldNotBeEmpty();
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in files)
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
