using Garam.Platform.Rules;

namespace Garam.Platform.Tests.Rules;

/// <summary>No text makes the reader throw: valid rulesets are mutated from a printed seed. GARAM_FUZZ_ROUNDS makes it run longer.</summary>
public sealed class Ruleset_fuzz
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("GARAM_FUZZ_ROUNDS"), out var rounds) ? rounds : 2_000;

    private static readonly string[] Scraps =
    [
        "{", "}", "[", "]", ": ", "- ", "\n", "\n  ", "\t", "'", "\"", "#", "|", ">-\n", "&a ", "*a", "!!str ", "? ", "---\n", "~", "null", "0s", "-1", "1e999", "1/0", "0x",
        "9999999999999999999d", "\ud800", "\0", "\u2028", "\r\n", "온도", "for", "when: ", "across: site", "detector: zscore", "devices(", "((((((((", "`", "overrides: ", "\\",
    ];

    [Fact]
    public void Mutated_rulesets_give_a_ruleset_or_problems_and_never_throw()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var readable = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var text = Mutate(Ruleset_files.Whole, random);
            try
            {
                var result = RulesetFile.Parse(text, "a.yaml");
                (result.Definition is null).ShouldBe(result.Problems.Count > 0);
                result.Problems.ShouldAllBe(p => p.Line >= 1 && p.Column >= 1 && p.Remedy.ToString().Length > 0);
                readable += result.Definition is null ? 0 : 1;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}:\n{text}", failure);
            }
        }

        readable.ShouldBeGreaterThan(Rounds / 200, $"seed {seed}: the mutations should leave some rulesets whole");
    }

    private static string Mutate(string text, Random random)
    {
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(12), text.Length - at);
            text = random.Next(4) switch
            {
                0 => text.Insert(at, Scraps[random.Next(Scraps.Length)]),
                1 => text.Remove(at, length),
                2 => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
                _ => text[..at] + (char)random.Next(0x20, 0x7F) + text[Math.Min(text.Length, at + 1)..],
            };
        }

        return text;
    }
}
