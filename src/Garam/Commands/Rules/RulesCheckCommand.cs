using System.CommandLine;
using Garam.Hosting;
using Garam.Platform.Packs;

namespace Garam.Commands.Rules;

/// <summary><c>./garam rules check [PATH…]</c>: rulesets against the products of the packs; no node is asked.</summary>
internal static class RulesCheckCommand
{
    private static readonly Argument<string[]> Paths = new("path")
    {
        Description = "Rulesets, or folders of them (default: those of all packs)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var command = new Command("check", "Checks rulesets against the products of the packs and says what is wrong where.") { Paths };
        command.SetAction(result => CheckCommand.Run(result.GetValue(Paths) is { Length: > 0 } paths ? paths : RuleFiles()));
        return command;
    }

    private static string[] RuleFiles() => [.. PackFolder.Find(PackRoot.Find(""), [], out _).SelectMany(p => p.RuleFiles())];
}
