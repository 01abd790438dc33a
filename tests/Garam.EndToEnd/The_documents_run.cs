using System.Text.RegularExpressions;

namespace Garam.EndToEnd;

/// <summary>Every command in a <c>sh run</c> block of the documents runs as written, in the page's order, against one running node.</summary>
public sealed partial class The_documents_run(RunningNode node) : IClassFixture<RunningNode>
{
    public static TheoryData<string> Pages()
    {
        var pages = new TheoryData<string>();
        var docs = Directory.GetFiles(Path.Combine(Installation.Home, "docs"), "*.md", SearchOption.AllDirectories);
        foreach (var file in docs.Concat(Directory.GetFiles(Installation.Home, "README*.md")).Order(StringComparer.Ordinal))
        {
            if (Blocks(File.ReadAllText(file)).Any())
                pages.Add(Path.GetRelativePath(Installation.Home, file));
        }

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task As_written(string page)
    {
        using var folder = new TemporaryFolder();
        // `./garam` of the documents is the program under test, without building again.
        await File.WriteAllTextAsync(folder["garam"], $"#!/bin/sh\nexec \"{Installation.DotNet}\" \"{Installation.Program}\" \"$@\"\n");
        (await Command.RunAsync("chmod", ["+x", folder["garam"]])).ExitCode.ShouldBe(0);
        var environment = new Dictionary<string, string> { ["GARAM_HOME"] = Installation.Home, ["GARAM_URL"] = node.Process.Url };
        foreach (var block in Blocks(await File.ReadAllTextAsync(Path.Combine(Installation.Home, page))))
        {
            var script = OnThisNode(block, folder["garam"]);
            var result = await Command.RunAsync("sh", ["-eu", "-c", script], environment, Installation.Home);
            result.ExitCode.ShouldBe(0, $"{page}:\n{script}\n{result}");
            // The node stores what was sent before the reader's next command asks for it.
            await node.Api.SettledLedgerAsync();
            ErrorAnswer().IsMatch(result.Output).ShouldBeFalse($"{page}:\n{script}\n{result}");
        }
    }

    /// <summary>The same commands, on the ports of this node.</summary>
    private string OnThisNode(string script, string garam) => MosquittoCommand().Replace(
        script.Replace("127.0.0.1:8080", $"127.0.0.1:{node.Process.HttpPort}", StringComparison.Ordinal)
            .Replace("localhost:8080", $"localhost:{node.Process.HttpPort}", StringComparison.Ordinal)
            .Replace("127.0.0.1 9000", $"127.0.0.1 {node.Process.TcpPort}", StringComparison.Ordinal)
            .Replace("127.0.0.1:1883", $"127.0.0.1:{node.Process.MqttPort}", StringComparison.Ordinal)
            .Replace("./garam ", $"'{garam}' ", StringComparison.Ordinal),
        $"$0 -p {node.Process.MqttPort}");

    private static IEnumerable<string> Blocks(string markdown) => Block().Matches(markdown).Select(m => m.Groups[1].Value);

    [GeneratedRegex("""^```sh run\n(.*?)^```$""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("""\bmosquitto_(pub|sub|rr)\b(?!.* -p )""")]
    private static partial Regex MosquittoCommand();

    /// <summary>curl ends with 0 on a problem detail too.</summary>
    [GeneratedRegex("""^\{"type":"https://tools\.ietf\.org|"status":[45]\d\d""", RegexOptions.Multiline)]
    private static partial Regex ErrorAnswer();
}
