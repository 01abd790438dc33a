using System.CommandLine;
using Garam.Commands.Rules;

namespace Garam.Tests.CommandLine;

public sealed class Rules_Tests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("garam-rules-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("rules check")]
    [InlineData("rules list --json")]
    [InlineData("rules show heat --version 2 --yaml")]
    [InlineData("rules history heat")]
    [InlineData("rules diff heat --from 1 --to 2")]
    [InlineData("rules diff heat.yaml")]
    [InlineData("rules put heat.yaml --activate --author kim --reason because")]
    [InlineData("rules activate heat 3 --reason because --url http://node.example")]
    [InlineData("rules rollback heat")]
    [InlineData("rules trial heat")]
    [InlineData("rules trial heat --version 2 --share 0.1")]
    [InlineData("rules trial heat --end")]
    [InlineData("rules backtest heat --version 2 --from -1d --to now --device a --device b --limit 10 --json")]
    [InlineData("rules disable heat")]
    [InlineData("rules delete heat")]
    public void A_right_line_is_taken(string line) => Parse(line).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("rules activate heat", "'activate'")]
    [InlineData("rules activate heat newest", "newest")]
    [InlineData("rules trial heat --version 2", "--version N --share 0.1")]
    [InlineData("rules trial heat --share 0.5", "--version N --share 0.1")]
    [InlineData("rules trial heat --version 2 --share 0.5 --end", "--end")]
    [InlineData("rules backtest", "'backtest'")]
    public void A_wrong_line_says_what_would_be_right(string line, string said) =>
        string.Join('\n', Parse(line).Errors.Select(e => e.Message)).ShouldContain(said);

    [Fact]
    public void An_argument_is_a_file_when_it_is_one_or_looks_like_one()
    {
        var file = Path.Combine(_folder.FullName, "heat");
        File.WriteAllText(file, "ruleset: heat\nproduct: boiler\nrules: []\n");

        RulesetArgument.IsFile(file).ShouldBeTrue();
        RulesetArgument.IsFile("heat.yaml").ShouldBeTrue();
        RulesetArgument.IsFile("heat").ShouldBeFalse();
        RulesetArgument.Read(file)!.Id.ShouldBe("heat");
        RulesetArgument.Read(Path.Combine(_folder.FullName, "none.yaml")).ShouldBeNull();
    }

    private static ParseResult Parse(string line) => new RootCommand { RulesCommand.Create() }.Parse(line);
}
