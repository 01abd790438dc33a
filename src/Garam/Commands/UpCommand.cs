using System.CommandLine;
using System.Net;
using Garam.Hosting;
using Garam.Platform.Configuration;
using Garam.Platform.Packs;
using Garam.Platform.Sql;

namespace Garam.Commands;

/// <summary><c>./garam up</c>: serves until it is told to stop.</summary>
internal static class UpCommand
{
    private static readonly Option<string?> Data = new("--data") { Description = "Data folder (default ./data)", HelpName = "DIR" };
    private static readonly Option<int?> Http = new("--http") { Description = "HTTP port (default 8080; 0 takes a free one)" };
    private static readonly Option<int?> Mqtt = new("--mqtt") { Description = "MQTT port (default 1883)" };
    private static readonly Option<int?> Tcp = new("--tcp") { Description = "TCP port (default 9000)" };
    private static readonly Option<string?> Bind = new("--bind") { Description = "Address of all listeners (default 127.0.0.1)" };
    private static readonly Option<string?> Packs = new("--packs") { Description = "Packs to run, comma-separated (default all)" };
    private static readonly Option<FileInfo?> Config = new("--config") { Description = "Configuration file (default garam.yaml in the data folder, when there is one)" };
    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "Leave out the simulated fleet" };

    public static Command Create()
    {
        var command = new Command("up", "Serves devices and people until Ctrl-C.") { Data, Http, Mqtt, Tcp, Bind, Packs, Config, NoDemo };
        command.SetAction((result, _) => RunAsync(result));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result)
    {
        if (!TryConfigure(result, out var options, out var packs))
            return ExitCode.Input;
        try
        {
            await using var host = await NodeHost.StartAsync(options, packs);
            Greeting.Write(host, options);
            await using var demo = result.GetValue(NoDemo) || !options.OpenRegistration ? null : DemoFleet.Start(host);
            await host.RunAsync();
            return ExitCode.Done;
        }
        catch (Exception e) when (e is DataFolderException or ListenException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Environment;
        }
    }

    private static bool TryConfigure(ParseResult result, out GaramOptions options, out IReadOnlyList<PackFolder> packs)
    {
        packs = [];
        var overrides = new Dictionary<string, string?>();
        Override("data", result.GetValue(Data));
        Override("http:port", result.GetValue(Http)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Override("mqtt:port", result.GetValue(Mqtt)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Override("tcp:port", result.GetValue(Tcp)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Override("bind", result.GetValue(Bind));
        Override("packs:names", result.GetValue(Packs));
        var file = result.GetValue(Config)?.FullName ?? DefaultFile(result.GetValue(Data) ?? "data");
        options = ConfigurationFile.Load(file, Environment.GetEnvironmentVariables(), overrides, out var problems);
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        if (problems.Count > 0)
            return false;
        var names = options.Packs.Names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        packs = PackFolder.Find(PackRoot.Find(options.Packs.Path), names, out var wrong);
        if (wrong is not null)
            Console.Error.WriteLine(wrong);
        return wrong is null;

        void Override(string key, string? value)
        {
            if (value is not null)
                overrides[key] = value;
        }
    }

    private static string? DefaultFile(string data)
    {
        var file = Path.Combine(data, "garam.yaml");
        return File.Exists(file) ? file : File.Exists("garam.yaml") ? "garam.yaml" : null;
    }
}
