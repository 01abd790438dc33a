using System.CommandLine;
using Garam.Bench;
using Garam.Simulate;

namespace Garam.Tests.CommandLine;

public sealed class Usage_Tests
{
    [Theory]
    [InlineData("simulate fleet")]
    [InlineData("simulate fire --profile comm-loss --for 30s --rate 0.5 --devices 3 --seed 9")]
    [InlineData("simulate plant --url mqtt://user:secret@broker.example:1884 --http https://node.example")]
    [InlineData("bench ingest")]
    [InlineData("bench ingest --connections 10 --payload 300 --for 500ms --peer none --runs 1 --rate 0")]
    [InlineData("bench query --requests 10")]
    [InlineData("bench start --runs 1 --for 1s")]
    [InlineData("bench storage --devices 1 --messages 10")]
    [InlineData("bench crash --times 2 --seed 3")]
    public void A_right_line_is_taken(string line) => Parse(line).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("simulate", "PACK")]
    [InlineData("simulate home", "fleet, fire, plant")]
    [InlineData("simulate fire --profile flood", "overheating")]
    [InlineData("simulate fleet --profile arcing", "normal")]
    [InlineData("simulate fire --for soon", "30m|10s")]
    [InlineData("simulate fire --for 0s", "10s")]
    [InlineData("simulate fire --rate 0", "--rate")]
    [InlineData("simulate fire --rate NaN", "--rate")]
    [InlineData("simulate fire --devices 0", "1 to")]
    [InlineData("simulate fire --url broker", "mqtt://")]
    [InlineData("simulate fire --url http://broker", "mqtt://")]
    [InlineData("bench ingest --peer redis", "mosquitto")]
    [InlineData("bench ingest --payload 10", "--payload takes")]
    [InlineData("bench ingest --window 70000", "16384")]
    [InlineData("bench ingest --for 10", "10s")]
    [InlineData("bench crash --times 0", "--times takes")]
    public void A_wrong_line_says_what_would_be_right(string line, string said)
    {
        var errors = string.Join('\n', Parse(line).Errors.Select(error => error.Message));

        said.Split('|').Any(part => errors.Contains(part, StringComparison.OrdinalIgnoreCase)).ShouldBeTrue(errors);
    }

    private static ParseResult Parse(string line) => new RootCommand { BenchCommand.Create(), SimulateCommand.Create() }.Parse(line);
}
