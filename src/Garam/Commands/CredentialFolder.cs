using System.CommandLine;
using Garam.Platform.Identity;
using Garam.Platform.Sql;

namespace Garam.Commands;

/// <summary>Commands that work on the credentials of a data folder itself.</summary>
internal static class CredentialFolder
{
    public static readonly Option<string> Data = new("--data") { Description = "Data folder", DefaultValueFactory = _ => "data", HelpName = "DIR" };

    public static async Task<int> RunAsync(ParseResult result, Func<Credentials, Task<int>> run)
    {
        try
        {
            using var credentials = Credentials.Open(result.GetValue(Data)!, TimeProvider.System);
            return await run(credentials);
        }
        catch (DataFolderException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Environment;
        }
    }
}
