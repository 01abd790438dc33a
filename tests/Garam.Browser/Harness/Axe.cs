namespace Garam.Browser;

/// <summary>axe-core's judgement of a page.</summary>
internal static class Axe
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "axe.min.js");

    private const string Run = """
        async () => {
          const { violations } = await axe.run(document, { resultTypes: ["violations"] });
          return violations
            .filter((v) => v.impact === "serious" || v.impact === "critical")
            .map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html + " " + n.failureSummary).join(" | ")}`);
        }
        """;

    /// <summary>Serious and critical violations, each in a line.</summary>
    public static async Task<IReadOnlyList<string>> SeriousAsync(IPage page)
    {
        await page.AddScriptTagAsync(new() { Path = Script });
        return await page.EvaluateAsync<string[]>(Run);
    }
}
