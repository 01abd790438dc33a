using System.Globalization;
using Spectre.Console;

namespace Garam.Simulate.Run;

/// <summary>Shows once a second how a simulation runs: one line that changes on a terminal, a new line elsewhere.</summary>
internal static class SimulateProgress
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Reports until cancelled.</summary>
    public static Task RunAsync(Func<SimulateFigures> figures, CancellationToken cancellation) => Console.IsOutputRedirected
        ? ReportAsync(figures, Console.WriteLine, cancellation)
        : AnsiConsole.Status().StartAsync("connecting", status => ReportAsync(figures, text => status.Status(Markup.Escape(text)), cancellation));

    public static void Summary(SimulateFigures figures, TimeSpan elapsed)
    {
        var lost = figures.Sent - figures.Acknowledged;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{figures.Sent:#,0} sent, {figures.Acknowledged:#,0} acknowledged in {elapsed.TotalSeconds:0.0} s ({figures.Acknowledged / Math.Max(0.001, elapsed.TotalSeconds):#,0.#}/s), "
            + $"p50 {figures.P50.TotalMilliseconds:0.00} ms, p99 {figures.P99.TotalMilliseconds:0.00} ms, max {figures.Max.TotalMilliseconds:0.0} ms, "
            + $"{figures.Reconnects} reconnects{(lost > 0 ? $", {lost:#,0} NOT acknowledged" : "")}"));
    }

    private static async Task ReportAsync(Func<SimulateFigures> figures, Action<string> show, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every);
        var before = 0L;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                var now = figures();
                show(string.Create(CultureInfo.InvariantCulture,
                    $"{now.Sent:#,0} sent, {now.Acknowledged - before:#,0} acknowledged/s, p50 {now.P50.TotalMilliseconds:0.00} ms, p99 {now.P99.TotalMilliseconds:0.00} ms{(now.IsConnected ? "" : ", reconnecting")}"));
                before = now.Acknowledged;
            }
        }
        catch (OperationCanceledException)
        {
            // The simulation is over.
        }
    }
}
