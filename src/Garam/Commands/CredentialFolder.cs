using System.CommandLine;
using Garam.Platform.Identity;
using Garam.Platform.Sql;

namespace Garam.Commands;

/// <summary>
/// Commands that work on the credentials of a data folder itself, beside a running node or without one. Who may write the folder may do
/// this; a running node follows within a second.
/// </summary>
internal static class CredentialFolder
{
    private static readonly Option<string> Data = new("--data") { Description = "Data folder", DefaultValueFactory = _ => "data", HelpName = "DIR" };

    /// <summary>As the audit trail names who did it.</summary>
    public static string Actor => $"command line ({Environment.UserName})";

    public static Command Command(string name, string description, Func<ParseResult, Credentials, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, description) { Data };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.SetAction((result, _) => RunAsync(result, run));
        return command;
    }

    public static int Wrong(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Input;
    }

    private static async Task<int> RunAsync(ParseResult result, Func<ParseResult, Credentials, Task<int>> run)
    {
        try
        {
            using var credentials = Credentials.Open(result.GetValue(Data)!, TimeProvider.System);
            return await run(result, credentials);
        }
        catch (DataFolderException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Environment;
        }
    }
}
