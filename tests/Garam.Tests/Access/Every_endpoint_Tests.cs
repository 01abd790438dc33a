using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Garam.Platform.Identity;
using Microsoft.AspNetCore.Routing;

namespace Garam.Tests.Access;

/// <summary>Every endpoint of the program as it is hosted, REST, pages and packs alike. Nothing here is listed by hand: a new one is asked too.</summary>
public sealed partial class Every_endpoint_Tests(WholeProgram program) : IClassFixture<WholeProgram>
{
    private static readonly string[] TheirIds = ["their-meter", "their-detector", "their-house", "theirs"];

    [Fact]
    public void It_says_who_may_call_it_and_whose_things_it_touches()
    {
        program.Endpoints.Count().ShouldBeGreaterThan(100);
        Endpoints().Where(e => e.Requirement is null).Select(e => e.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_guarded_one_refuses_a_stranger_or_leads_to_the_sign_in()
    {
        using var stranger = program.Client();
        foreach (var (name, method, path, _) in Endpoints().Where(e => e.Requirement?.Role is not null))
        {
            using var request = new HttpRequestMessage(method, Filled(path, "1", "1"));
            using var answer = await stranger.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode == HttpStatusCode.Redirect)
                answer.Headers.Location!.ToString().ShouldStartWith("/sign-in?returnUrl=", customMessage: name);
            else
                answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, name);
        }
    }

    [Fact]
    public async Task One_of_the_whole_platform_refuses_the_administrator_of_a_customer()
    {
        using var olga = program.Olga();
        foreach (var (name, method, path, _) in Endpoints().Where(e => e.Requirement is { Role: not null, Reach: Reach.Platform }))
        {
            using var request = new HttpRequestMessage(method, Filled(path, "1", "1"));
            using var answer = await olga.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, name);
        }
    }

    [Fact]
    public async Task One_that_names_a_thing_answers_for_anothers_as_if_there_were_none()
    {
        using var olga = program.Olga();
        var asked = 0;
        foreach (var (name, _, path, _) in Gets().Where(e => e.Path.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var id in TheirIds)
            {
                foreach (var number in new[] { program.TheirLetter, program.TheirAlarm }.Distinct())
                {
                    var (status, text) = await AskAsync(olga, Filled(path, id, number.ToString(CultureInfo.InvariantCulture)));
                    status.ShouldBe(HttpStatusCode.NotFound, $"{name} for {id}, {number}: {text}");
                    ShouldTellNothing(text, name);
                    asked++;
                }
            }
        }

        asked.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task One_that_lists_things_lists_nothing_of_anothers_also_when_asked_for_it_by_name()
    {
        using var olga = program.Olga();
        foreach (var (name, _, path, _) in Gets().Where(e => !e.Path.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var query in Queries)
            {
                if (await AskAsync(olga, path + query) is var (status, text) && (int)status < 500)
                    ShouldTellNothing(text, name + query);
                else
                    Assert.Fail($"{name}{query} broke");
            }
        }
    }

    /// <summary>Without this the others prove nothing: who sees everything is told all of it.</summary>
    [Fact]
    public async Task Who_sees_everything_is_told_of_all_of_it()
    {
        using var root = program.Client("root-0123456789-0123456789");
        var told = "";
        foreach (var path in new[] { "/api/v1/devices", "/api/v1/sites", "/api/v1/customers", "/api/v1/devices/their-meter/latest", "/api/v1/alarms", "/devices/their-meter" })
            told += (await AskAsync(root, path)).Text;
        WholeProgram.Secrets.Where(secret => !told.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static readonly string[] Queries =
    [
        "", "?state=all&status=online", "?device=their-meter&id=their-meter&deviceId=their-detector", "?site=their-house&building=their-house", "?customer=theirs", "?q=their",
        "?product=json", "?product=fire-detector", "?devices=their-meter,their-detector&metrics=power", "?edit=their-house", "?edit=theirs", "?card=their-meter&metric=power",
    ];

    private static void ShouldTellNothing(string text, string where) =>
        WholeProgram.Secrets.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(where);

    /// <summary>Streams never end and have tests of their own; of them only the head is read.</summary>
    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync());
    }

    private IEnumerable<(string Name, HttpMethod Method, string Path, AccessRequirement? Requirement)> Gets() =>
        Endpoints().Where(e => e.Method == HttpMethod.Get && e.Requirement is { Role: not null, Reach: Reach.Customer });

    private IEnumerable<(string Name, HttpMethod Method, string Path, AccessRequirement? Requirement)> Endpoints() =>
        from endpoint in program.Endpoints
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        let method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET"
        select ($"{method} {pattern}", HttpMethod.Parse(method), pattern, endpoint.Metadata.GetMetadata<AccessRequirement>());

    private static string Filled(string pattern, string id, string number) => Text().Replace(Number().Replace(pattern, number), id);

    [GeneratedRegex(@"\{[^}]+:(long|int)\}")]
    private static partial Regex Number();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Text();
}
