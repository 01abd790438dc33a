using System.CommandLine;

namespace Garam.Bench.Query;

/// <summary>`garam bench query`.</summary>
internal static class QueryBenchCommand
{
    public static Command Create()
    {
        var defaults = new QueryOptions();
        var devices = new Option<int>("--devices") { Description = "devices whose newest values are asked for", DefaultValueFactory = _ => defaults.Devices };
        var requests = new Option<int>("--requests") { Description = "times each request is timed", DefaultValueFactory = _ => defaults.Requests };
        var folder = BenchCommand.FolderOption();
        var json = BenchCommand.JsonOption();
        BenchCommand.Between(devices, 1, 100_000);
        BenchCommand.Between(requests, 1, 100_000);
        var command = new Command("query", "REST: a week of one device, newest values of many, beside /healthz.") { devices, requests, folder, json };
        command.SetAction((arguments, cancellation) =>
        {
            var options = new QueryOptions
            {
                Devices = arguments.GetValue(devices),
                Requests = arguments.GetValue(requests),
                Folder = arguments.GetRequiredValue(folder).FullName,
            };
            return BenchRun.ExitCodeAsync(
                arguments.GetValue(json), () => new QueryBench(options).RunAsync(cancellation), timings => (QueryBench.Table(timings), true), cancellation);
        });
        return command;
    }
}
