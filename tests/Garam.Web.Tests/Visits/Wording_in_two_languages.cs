using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Garam.Web.Visits;

public sealed partial class Wording_in_two_languages
{
    private static readonly string Room = FindRoom();

    [Fact]
    public void Every_text_is_there_in_both_languages_with_the_same_places()
    {
        var (english, korean) = (Read("Wording.resx"), Read("Wording.ko.resx"));
        korean.Keys.Order().ShouldBe(english.Keys.Order());
        english.Where(text => !Places(text.Value).SetEquals(Places(korean[text.Key]))).Select(text => text.Key).ShouldBeEmpty();
        english.Concat(korean).Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => text.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_is_there()
    {
        var known = Read("Wording.resx");
        var asked =
            from file in Directory.EnumerateFiles(Room, "*.*", SearchOption.AllDirectories)
            where (file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)) && !file.Contains("node_modules", StringComparison.Ordinal)
            from Match match in Asked().Matches(File.ReadAllText(file))
            select match.Groups["key"].Value;
        asked.Where(key => !known.ContainsKey(key)).Distinct().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("condition.", new[] { "critical", "high", "medium", "offline", "stale", "normal", "never" })]
    [InlineData("severity.", new[] { "critical", "high", "medium", "low" })]
    [InlineData("alarm.state.", new[] { "raised", "acknowledged", "cleared", "resolved", "closed" })]
    [InlineData("manage.", new[] { "devices", "sites", "customers", "users", "audit" })]
    [InlineData("manage.problem.", new[] { "taken", "full", "id", "product", "hub", "gone", "period", "tags", "customer" })]
    [InlineData("manage.done.", new[] { "added", "saved", "removed", "revoked" })]
    [InlineData("role.", new[] { "viewer", "operator", "engineer", "administrator" })]
    [InlineData("account.role.", new[] { "viewer", "operator", "engineer", "administrator" })]
    [InlineData("users.problem.", new[] { "gone", "taken", "full", "last", "first", "name", "weak", "customer", "differ", "wrong", "limited", "token", "days", "tokens" })]
    [InlineData("users.done.", new[] { "added", "saved", "password", "disabled", "enabled", "removed", "revoked", "elsewhere" })]
    [InlineData("error.", new[] { "400.title", "401.title", "403.title", "404.title", "413.title", "429.title", "500.title", "400.why", "401.why", "403.why", "404.why", "413.why", "429.why", "500.why" })]
    [InlineData("nav.", new[] { "home", "alarms", "letters", "pipeline", "rules", "products", "manage" })]
    [InlineData("ruleset.state.", new[] { "active", "misfit", "draft", "disabled", "withdrawn" })]
    [InlineData("ruleset.change.", new[] { "recorded", "activated", "rolledback", "trialstarted", "trialended", "disabled", "withdrawn", "deleted" })]
    [InlineData("ruleset.said.", new[] { "saved", "same", "put", "activate", "rollback", "disable", "trial", "trial-end", "refused", "there", "changed", "misfit", "unfitting", "reason", "unrecorded" })]
    [InlineData("backtest.wrong.", new[] { "range", "long", "devices", "text", "misfit", "busy", "forgotten" })]
    [InlineData("backtest.range.", new[] { "1h", "6h", "24h", "7d", "30d", "90d" })]
    [InlineData("backtest.verdict.", new[] { "confirmed", "dismissed" })]
    [InlineData("diff.", new[] { "added", "removed", "changed" })]
    [InlineData("rule.across.", new[] { "site", "customer", "hub", "product" })]
    [InlineData("product.said.", new[] { "saved", "former", "refused", "changed", "there" })]
    [InlineData("product.kind.", new[] { "number", "boolean", "text" })]
    [InlineData("product.format.", new[] { "hexbinary", "json", "csv" })]
    [InlineData("product.form.", new[] { "automatic", "hex", "text" })]
    public void Words_that_are_put_together_are_there(string stem, string[] ends)
    {
        var known = Read("Wording.resx");
        ends.Where(end => !known.ContainsKey(stem + end)).ShouldBeEmpty();
    }

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Room, "Visits", file)).Descendants("data").ToDictionary(d => (string)d.Attribute("name")!, d => d.Element("value")!.Value);

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    private static string FindRoom([CallerFilePath] string here = "")
    {
        var home = Environment.GetEnvironmentVariable("GARAM_HOME") ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
        return Path.Combine(home, "src", "Garam.Web");
    }

    [GeneratedRegex("""[Vv]isit\["(?<key>[a-z0-9.\-]+[a-z0-9])"[\],]""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
