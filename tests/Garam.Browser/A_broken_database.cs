using System.Net;

namespace Garam.Browser;

/// <summary>Something has torn the database away below a running node.</summary>
public sealed class A_broken_database(Dashboard dashboard) : IClassFixture<Dashboard>
{
    [Fact]
    public async Task A_page_that_fails_says_so_and_names_the_trace_that_finds_it_in_the_log()
    {
        await dashboard.Api.SendAsync("torn-01", "no json", "json");
        await dashboard.Api.ShouldBeDeadAsync("torn-01", "invalid-json");
        foreach (var file in Directory.GetFiles(dashboard.Data, "garam.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var noise = new byte[stream.Length];
            new Random(7).NextBytes(noise);
            stream.Write(noise);
        }

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var visitor = await dashboard.VisitAsync("/pipeline", scheme: scheme, axe: true);
            var answer = await visitor.GoAsync("/dead-letters");
            answer!.Status.ShouldBe((int)HttpStatusCode.InternalServerError);
            (await visitor["h1"].InnerTextAsync()).ShouldBe("Something broke on our side");
            var trace = await visitor[".mono"].InnerTextAsync();
            dashboard.Program.Errors.ShouldContain(trace);
            (await visitor["main"].InnerTextAsync()).ShouldNotContain("Exception");
            (await visitor["main a[href='/']"].CountAsync()).ShouldBe(1);
            (await Axe.SeriousAsync(visitor.Page)).ShouldBeEmpty();
        }
    }
}
