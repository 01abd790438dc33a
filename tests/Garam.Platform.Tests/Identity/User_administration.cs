using System.Net;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Identity.Users;

namespace Garam.Platform.Tests.Identity;

/// <summary>Users over REST and from the command line, the first administrator, the door of loopback, and the trail of it all.</summary>
public sealed class User_administration
{
    [Fact]
    public async Task An_administrator_adds_changes_and_removes_users_and_the_trail_names_it_without_secrets()
    {
        await using var node = await WebNode.StartAsync();
        using var root = node.Root();
        const string secret = "a rather long sentence";

        (await root.PutAsync("/api/v1/users/Bob", WebNode.Json($$"""{"role":"operator","password":"{{secret}}","displayName":"Bob B"}"""))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await root.PutAsync("/api/v1/users/bob", WebNode.Json("""{"role":"engineer"}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var shown = await root.GetStringAsync("/api/v1/users");
        shown.ShouldContain("\"role\":\"engineer\"");
        shown.ToLowerInvariant().ShouldNotContain("hash");
        (await root.DeleteAsync("/api/v1/users/bob")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await root.DeleteAsync("/api/v1/users/bob")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var trail = await WebNode.ReadAsync(await root.GetAsync("/api/v1/audit?subject=bob"));
        trail.GetProperty("items").EnumerateArray().Select(e => $"{e.GetProperty("actor")} {e.GetProperty("address")} {e.GetProperty("action")}")
            .ShouldBe(["root 127.0.0.1 user.remove", "root 127.0.0.1 user.put", "root 127.0.0.1 user.add"]);
        trail.ToString().ShouldNotContain(secret);
        trail.ToString().ShouldContain("password changed");
    }

    [Theory]
    [InlineData("bob", """{"role":"operator","password":"short"}""", "weak-password")]
    [InlineData("bobby-tables", """{"role":"operator","password":"bobby-tables1"}""", "weak-password")]
    [InlineData("bob", """{"role":"operator","password":"aaaaaaaaaaaa"}""", "weak-password")]
    [InlineData("bob", """{"role":"king","password":"a rather long sentence"}""", "invalid-request")]
    [InlineData("bob", """{"password":"a rather long sentence"}""", "invalid-request")]
    [InlineData("bob", """{"role":"viewer","customerId":"none","password":"a rather long sentence"}""", "invalid-request")]
    [InlineData("bob", """{"role":"viewer","language":"xx","password":"a rather long sentence"}""", "invalid-request")]
    [InlineData("b%20b", """{"role":"viewer","password":"a rather long sentence"}""", "invalid-request")]
    [InlineData("-bob", """{"role":"viewer","password":"a rather long sentence"}""", "invalid-request")]
    public async Task What_cannot_be_a_user_is_refused_with_the_reason(string name, string body, string code)
    {
        await using var node = await WebNode.StartAsync();
        using var root = node.Root();
        using var answer = await root.PutAsync($"/api/v1/users/{name}", WebNode.Json(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await WebNode.CodeAsync(answer)).ShouldBe(code);
        node.Node.Credentials.Users.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var node = await WebNode.StartAsync();
        node.AddUser("first", Role.Administrator);
        node.AddUser("theirs", Role.Administrator, "a-customer");
        var users = node.Node.Credentials.Users;

        users.Remove("first").ShouldBe(UserOutcome.LastAdministrator);
        users.Change("first", u => u with { Role = Role.Engineer }).ShouldBe(UserOutcome.LastAdministrator);
        users.Change("first", u => u with { Disabled = true }).ShouldBe(UserOutcome.LastAdministrator);
        users.Change("first", u => u with { CustomerId = "a-customer" }).ShouldBe(UserOutcome.LastAdministrator);
        node.AddUser("second", Role.Administrator);
        users.Remove("first").ShouldBe(UserOutcome.Done);
    }

    [Fact]
    public async Task The_first_user_must_be_able_to_let_others_in()
    {
        await using var node = await WebNode.StartAsync(open: true);
        using var local = node.Client();
        foreach (var body in new[] { """{"role":"viewer","password":"a rather long sentence"}""", """{"role":"engineer","password":"a rather long sentence"}""" })
        {
            using var refused = await local.PutAsync("/api/v1/users/bob", WebNode.Json(body));
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await WebNode.CodeAsync(refused)).ShouldBe("first-not-administrator");
        }

        (await local.PutAsync("/api/v1/users/anna", WebNode.Json("""{"role":"administrator","password":"a rather long sentence"}"""))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await local.GetAsync("/api/v1/users")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "from now on everybody signs in");
    }

    [Fact]
    public async Task Signing_out_everywhere_else_ends_sessions_and_refresh_tokens_but_neither_this_one_nor_API_tokens()
    {
        await using var node = await WebNode.StartAsync();
        node.AddUser("anna");
        node.Node.Credentials.ApiTokens.Issue("anna", "test", null, null, null, out var token, out _).ShouldBeNull();
        using var here = await node.SignedInAsync("anna");
        using var elsewhere = await node.SignedInAsync("anna");
        using var program = node.Client(token);
        var pair = await WebNode.ReadAsync(await here.PostAsync("/api/v1/auth/token", WebNode.Json($$"""{"name":"anna","password":"{{WebNode.Password}}"}""")));
        var forgery = (await WebNode.ReadAsync(await here.GetAsync("/api/v1/auth/me"))).GetProperty("forgeryToken").GetString()!;

        (await program.DeleteAsync("/api/v1/auth/sessions")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await here.DeleteAsync("/api/v1/auth/sessions")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "without the anti-forgery token");
        here.DefaultRequestHeaders.Add(SessionCookie.ForgeryHeader, forgery);
        (await here.DeleteAsync("/api/v1/auth/sessions")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await elsewhere.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await here.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refreshed = await here.PostAsync("/api/v1/auth/refresh", WebNode.Json($$"""{"refresh_token":"{{pair.GetProperty("refresh_token").GetString()}}"}"""));
        refreshed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_trail_is_asked_by_person_with_their_tokens_and_by_thing()
    {
        await using var node = await WebNode.StartAsync();
        var trail = node.Node.Credentials.Audit;
        foreach (var (actor, action) in new[] { ("anna", "user.put"), ("anna/ci", "device.put"), ("anna2", "user.put"), ("bob", "device.token"), ("bob", "device-x") })
            trail.Record(actor, null, action, "subject");

        trail.List("anna", null, null, 0, long.MaxValue, long.MaxValue, 10).Select(e => e.Actor).ShouldBe(["anna/ci", "anna"]);
        trail.List(null, "device", null, 0, long.MaxValue, long.MaxValue, 10).Select(e => e.Action).ShouldBe(["device.token", "device.put"]);
        trail.RecentActions(3).ShouldBe(["device-x", "device.token", "user.put"]);
    }

    [Fact]
    public async Task What_the_command_line_changes_counts_in_the_running_node_within_a_second()
    {
        await using var node = await WebNode.StartAsync();
        node.AddUser("anna", Role.Administrator);
        node.AddUser("bob", Role.Operator);
        using var bob = await node.SignedInAsync("bob");
        using (var folder = Credentials.Open(node.Node.Folder.Path, node.Time))
            folder.Users.Change("bob", u => u with { Disabled = true }).ShouldBe(UserOutcome.Done);

        node.Time.Advance(TimeSpan.FromSeconds(1));

        (await bob.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_setup_token_makes_the_first_administrator_and_nothing_after_it()
    {
        await using var node = await WebNode.StartAsync(o => o.Identity.SignIn = SignInMode.Required, open: true);
        node.Node.Guard.NeedsSetup.ShouldBeTrue();
        using var client = node.Client();
        (await client.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SetUpAsync(client, "guessed")).ShouldBe("/setup?problem=token");
        (await SetUpAsync(client, node.Node.Credentials.Setup.Text)).ShouldBe("/");
        (await client.GetAsync("/api/v1/users")).StatusCode.ShouldBe(HttpStatusCode.OK, "the new administrator is signed in");

        node.Node.Guard.NeedsSetup.ShouldBeFalse();
        using var later = node.Client();
        (await SetUpAsync(later, node.Node.Credentials.Setup.Text)).ShouldBe("/sign-in");
    }

    [Fact]
    public async Task The_setup_token_cannot_be_guessed_by_trying()
    {
        await using var node = await WebNode.StartAsync(o => o.Identity.SignIn = SignInMode.Required, open: true);
        using var client = node.Client();
        for (var i = 0; i < AttemptLimits.PerUserAndAddress; i++)
            (await SetUpAsync(client, "guessed")).ShouldBe("/setup?problem=token");

        (await SetUpAsync(client, node.Node.Credentials.Setup.Text)).ShouldStartWith("/setup?problem=limited");
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("localhost", null, true)]
    [InlineData("127.0.0.1", "SELF", true)]
    [InlineData("evil.example", null, false)]
    [InlineData("localhost.evil.example", null, false)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "null", false)]
    public async Task Without_credentials_only_this_machine_is_served_and_no_foreign_page_in_its_browser(string? host, string? origin, bool served)
    {
        await using var node = await WebNode.StartAsync(open: true);
        using var client = node.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ingest/a?product=json") { Content = WebNode.Json("""{"a":1}""") };
        if (host is not null)
            request.Headers.Host = $"{host}:{node.Address.Port}";
        if (origin is not null)
            request.Headers.Add("Origin", origin == "SELF" ? $"http://127.0.0.1:{node.Address.Port}" : origin);

        (await client.SendAsync(request)).StatusCode.ShouldBe(served ? HttpStatusCode.Accepted : HttpStatusCode.Unauthorized);
        using var question = new HttpRequestMessage(HttpMethod.Get, "/api/v1/devices");
        question.Headers.Host = request.Headers.Host;
        if (origin is not null)
            question.Headers.Add("Origin", request.Headers.GetValues("Origin"));
        (await client.SendAsync(question)).StatusCode.ShouldBe(served ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    public async Task Without_credentials_nothing_that_a_proxy_forwards_is_served(string header)
    {
        await using var node = await WebNode.StartAsync(open: true);
        using var client = node.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, "1.1 for=127.0.0.1").ShouldBeTrue();

        (await client.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_first_user_closes_the_open_door()
    {
        await using var node = await WebNode.StartAsync(open: true);
        using var client = node.Client();
        (await client.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.OK);
        node.AddUser("anna", Role.Administrator);
        (await client.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void The_trail_is_kept_for_its_time_and_its_number_and_its_ids_go_on_rising()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime();
        using (var credentials = Credentials.Open(folder.Path, time))
        {
            for (var i = 0; i < 10; i++)
                credentials.Audit.Record("anna", null, "device.put", $"d{i}", new string('x', 5_000));
            credentials.Audit.Expire(0, 4).ShouldBe(6);
            Subjects(credentials.Audit).ShouldBe(["d9", "d8", "d7", "d6"]);
            credentials.Audit.Expire(ManualTime.StartUs + 1, 100).ShouldBe(3, "the newest stays");
            credentials.Audit.Record("anna", null, "device.put", "next");
            credentials.Audit.List(null, null, null, 0, long.MaxValue, long.MaxValue, 10).Select(e => e.Id).ShouldBe([11L, 10L]);
            credentials.Audit.List(null, null, null, 0, long.MaxValue, long.MaxValue, 10)[^1].Detail!.Length.ShouldBe(1_000);
        }

        static IEnumerable<string> Subjects(AuditTrail trail) => trail.List(null, null, null, 0, long.MaxValue, long.MaxValue, 100).Select(e => e.Subject);
    }

    private static async Task<string> SetUpAsync(HttpClient client, string token)
    {
        var forgery = await client.GetStringAsync("/test/forgery");
        using var answer = await client.PostAsync(
            "/setup", WebNode.Form(("token", token), ("name", "chief"), ("password", WebNode.Password), ("__RequestVerificationToken", forgery)));
        return answer.Headers.Location!.ToString();
    }
}
