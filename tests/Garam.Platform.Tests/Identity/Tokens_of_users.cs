using System.Net;
using System.Text.Json;
using Garam.Platform.Identity.Tokens;

namespace Garam.Platform.Tests.Identity;

/// <summary>Access, refresh and API tokens of users.</summary>
public sealed class Tokens_of_users : IAsyncLifetime
{
    private WebNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await WebNode.StartAsync(o => o.Identity.JwtAlgorithm = JwtAlgorithm.Es256);
        _node.AddUser("anna", Role.Engineer);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_name_and_a_password_give_a_token_that_is_good_for_a_quarter_of_an_hour()
    {
        var pair = await SignInAsync();
        pair.GetProperty("expires_in").GetInt32().ShouldBe(900);

        (await AskAsync(pair)).ShouldBe(HttpStatusCode.OK);
        _node.Time.Advance(AccessTokens.Lifetime + TimeSpan.FromSeconds(29));
        (await AskAsync(pair)).ShouldBe(HttpStatusCode.OK, "clocks of two nodes may differ a little");
        _node.Time.Advance(TimeSpan.FromSeconds(1));
        (await AskAsync(pair)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_of_a_clock_too_far_ahead_is_not_taken()
    {
        var pair = await SignInAsync();
        _node.Time.Advance(-TimeSpan.FromSeconds(31));
        (await AskAsync(pair)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("anna", "wrong horse battery", HttpStatusCode.Unauthorized)]
    [InlineData("nobody", WebNode.Password, HttpStatusCode.Unauthorized)]
    [InlineData("../anna", WebNode.Password, HttpStatusCode.Unauthorized)]
    public async Task A_wrong_name_or_password_gives_none(string name, string password, HttpStatusCode status)
    {
        using var client = _node.Client();
        using var answer = await client.PostAsync("/api/v1/auth/token", WebNode.Json(JsonSerializer.Serialize(new { name, password })));
        answer.StatusCode.ShouldBe(status);
        (await WebNode.CodeAsync(answer)).ShouldBe("sign-in-failed");
    }

    [Fact]
    public async Task A_change_of_rights_ends_access_and_refresh_tokens()
    {
        var pair = await SignInAsync();
        _node.Node.Credentials.Users.Change("anna", u => u with { Role = Role.Viewer });

        (await AskAsync(pair)).ShouldBe(HttpStatusCode.Unauthorized);
        (await RefreshAsync(pair)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_one_that_comes_twice_ends_all_that_came_of_it()
    {
        var first = await SignInAsync();
        var second = await WebNode.ReadAsync(await RefreshAsync(first));
        (await AskAsync(second)).ShouldBe(HttpStatusCode.OK);

        using var again = await RefreshAsync(first);
        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await WebNode.CodeAsync(again)).ShouldBe("invalid-refresh-token");
        (await RefreshAsync(second)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "the thief's successor is gone too");
        _node.Node.Credentials.Audit.List("anna", "token.reuse", null, 0, long.MaxValue, long.MaxValue, 10).Count.ShouldBe(1);

        (await RefreshAsync(await SignInAsync())).StatusCode.ShouldBe(HttpStatusCode.OK, "another sign-in is another family");
    }

    [Fact]
    public async Task A_refresh_token_ends_after_thirty_days_and_by_being_revoked()
    {
        var old = await SignInAsync();
        _node.Time.Advance(RefreshTokens.Lifetime);
        (await RefreshAsync(old)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var revoked = await SignInAsync();
        using var client = _node.Client();
        (await client.PostAsync("/api/v1/auth/revoke", RefreshBody(revoked))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RefreshAsync(revoked)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Others_check_an_access_token_with_the_published_key()
    {
        using var client = _node.Client();
        var keys = await WebNode.ReadAsync(await client.GetAsync("/api/v1/auth/keys"));
        var jwk = keys.GetProperty("keys")[0];
        (jwk.GetProperty("kty").GetString(), jwk.TryGetProperty("d", out _)).ShouldBe(("EC", false));
    }

    [Fact]
    public async Task An_API_token_is_shown_once_kept_as_a_hash_and_has_at_most_its_owners_role()
    {
        using var anna = Bearer(await SignInAsync());
        using var made = await anna.PostAsync("/api/v1/auth/tokens", WebNode.Json("""{"name":"grafana","role":"viewer","expiresIn":"90d"}"""));
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var token = (await WebNode.ReadAsync(made)).GetProperty("token").GetString()!;
        token.ShouldStartWith(ApiTokenDesk.Prefix);
        (await anna.GetStringAsync("/api/v1/auth/tokens")).ShouldNotContain(token);

        using var program = _node.Client(token);
        (await program.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.PutAsync("/api/v1/products/json", WebNode.Json("x"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await program.PostAsync("/api/v1/auth/tokens", WebNode.Json("""{"name":"more"}"""))).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "no token makes another");
        using var above = await anna.PostAsync("/api/v1/auth/tokens", WebNode.Json("""{"name":"root","role":"administrator"}"""));
        above.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        _node.Time.Advance(TimeSpan.FromDays(90));
        (await program.GetAsync("/api/v1/devices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_API_token_follows_its_owner_down_and_out_and_can_be_revoked()
    {
        var users = _node.Node.Credentials.Users;
        var desk = _node.Node.Credentials.ApiTokens;
        desk.Issue("anna", "ci", null, null, null, out var token, out var issued).ShouldBeNull();
        _node.Node.Guard.FromToken(token)!.Role.ShouldBe(Role.Engineer);

        users.Change("anna", u => u with { Role = Role.Viewer, CustomerId = "ours" });
        (_node.Node.Guard.FromToken(token)!.Role, _node.Node.Guard.FromToken(token)!.Scope.CustomerId).ShouldBe((Role.Viewer, "ours"));
        users.Change("anna", u => u with { Disabled = true });
        _node.Node.Guard.FromToken(token).ShouldBeNull();
        users.Change("anna", u => u with { Disabled = false });
        _node.Node.Guard.FromToken(token).ShouldNotBeNull();

        using var root = _node.Root();
        (await root.DeleteAsync($"/api/v1/users/anna/tokens/{issued!.Id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _node.Node.Guard.FromToken(token).ShouldBeNull();
    }

    private async Task<JsonElement> SignInAsync()
    {
        using var client = _node.Client();
        using var answer = await client.PostAsync("/api/v1/auth/token", WebNode.Json($$"""{"name":"anna","password":"{{WebNode.Password}}"}"""));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await WebNode.ReadAsync(answer);
    }

    private async Task<HttpResponseMessage> RefreshAsync(JsonElement pair)
    {
        using var client = _node.Client();
        return await client.PostAsync("/api/v1/auth/refresh", RefreshBody(pair));
    }

    private static StringContent RefreshBody(JsonElement pair) => WebNode.Json($$"""{"refresh_token":"{{pair.GetProperty("refresh_token").GetString()}}"}""");

    private async Task<HttpStatusCode> AskAsync(JsonElement pair)
    {
        using var client = Bearer(pair);
        return (await client.GetAsync("/api/v1/devices")).StatusCode;
    }

    private HttpClient Bearer(JsonElement pair) => _node.Client(pair.GetProperty("access_token").GetString());
}
