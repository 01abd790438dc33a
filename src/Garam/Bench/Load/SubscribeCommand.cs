using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;

namespace Garam.Bench.Load;

/// <summary>
/// `garam bench subscribe JSON`: the counting subscriber's process, which prints its count ten times a second until its
/// standard input ends. Hidden: benchmarks start it.
/// </summary>
internal static class SubscribeCommand
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var options = new Argument<string>("options") { Description = "SubscriberOptions as JSON" };
        var command = new Command("subscribe", "Counts the messages of a topic filter and prints the count as JSON.") { options };
        command.Hidden = true;
        command.SetAction((arguments, cancellation) => RunAsync(arguments.GetRequiredValue(options), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string json, CancellationToken cancellation)
    {
        try
        {
            using var subscriber = new CountingSubscriber(JsonSerializer.Deserialize<SubscriberOptions>(json)!);
            var counting = Task.Factory.StartNew(subscriber.Run, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            // Console.In blocks even when asked asynchronously.
            var input = Task.Run(Console.In.ReadToEnd, cancellation);
            await subscriber.Granted.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellation);
            using var timer = new PeriodicTimer(ReportEvery);
            do
                Console.WriteLine(JsonSerializer.Serialize(subscriber.Progress));
            while (!input.IsCompleted && !counting.IsCompleted && await timer.WaitForNextTickAsync(cancellation));
            return ExitCode.Done;
        }
        catch (Exception error) when (error is SocketException or TimeoutException or OperationCanceledException)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Environment;
        }
    }
}
