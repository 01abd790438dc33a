using Garam.Platform.Identity.Users;
using Spectre.Console;

namespace Garam.Commands;

/// <summary>Asks for a password: hidden on a terminal and twice, else the first line of the standard input. Never an argument, which every process list shows.</summary>
internal static class PasswordInput
{
    /// <returns>Null when none was given or the two differ; the reason has been told.</returns>
    public static async Task<string?> ReadAsync(string userName)
    {
        var password = Console.IsInputRedirected ? (await Console.In.ReadLineAsync())?.TrimEnd('\r') : Prompt($"Password of {userName}:");
        if (PasswordRules.Problem(password, userName) is { } wrong)
        {
            await Console.Error.WriteLineAsync(wrong);
            return null;
        }

        if (!Console.IsInputRedirected && Prompt("Once more:") != password)
        {
            await Console.Error.WriteLineAsync("The two differ; nothing was changed.");
            return null;
        }

        return password;
    }

    private static string Prompt(string text) => AnsiConsole.Prompt(new TextPrompt<string>(text).Secret(null).AllowEmpty());
}
