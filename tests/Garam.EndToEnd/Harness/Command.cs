using System.Diagnostics;

namespace Garam.EndToEnd;

/// <summary>Runs programs to their end.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a command of the program under test against a node.</summary>
    public static Task<CommandResult> GaramAsync(IEnumerable<string> arguments, string? url = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["GARAM_HOME"] = Installation.Home };
        if (url is not null)
            variables["GARAM_URL"] = url;
        return RunAsync(Installation.DotNet, [Installation.Program, .. arguments], variables);
    }

    /// <summary>Runs a program; its children end with it when the time is over.</summary>
    public static async Task<CommandResult> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {Limit.TotalSeconds} s: {await output}{await error}");
        }

        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Whether a program is installed.</summary>
    public static bool Exists(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
