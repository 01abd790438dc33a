using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;

namespace Garam.Bench.Load;

/// <summary>`garam bench load JSON`: the load generator's process. Hidden: benchmarks start it.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var options = new Argument<string>("options") { Description = "LoadOptions as JSON" };
        var command = new Command("load", "Publishes a stream of QoS 1 messages and prints a report as JSON.") { options };
        command.Hidden = true;
        command.SetAction((arguments, cancellation) => Task.FromResult(Run(arguments.GetRequiredValue(options), cancellation)));
        return command;
    }

    private static int Run(string json, CancellationToken cancellation)
    {
        try
        {
            var report = LoadGenerator.Run(JsonSerializer.Deserialize<LoadOptions>(json)!, cancellation);
            Console.WriteLine(JsonSerializer.Serialize(report));
            return ExitCode.Done;
        }
        catch (Exception error) when (error is SocketException or IOException or PlatformNotSupportedException)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Environment;
        }
    }
}
