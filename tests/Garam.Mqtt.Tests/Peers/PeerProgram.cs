using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Garam.Mqtt.Tests.Peers;

/// <summary>A program of somebody else, as the tests need it: run to its end, or run beside.</summary>
internal sealed class PeerProgram : IDisposable
{
    private readonly Process process;

    private PeerProgram(Process process) => this.process = process;

    public static string Require(params string[] candidates)
    {
        var found = candidates.FirstOrDefault(File.Exists);
        if (found is null)
            Assert.Skip($"{candidates[0]} is not installed: apt-get install mosquitto mosquitto-clients python3-paho-mqtt");
        return found!;
    }

    public static PeerProgram Start(string program, params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!);

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var peer = Start(program, arguments);
        return await peer.OutputAsync();
    }

    /// <summary>Waits for its end and returns what it printed; a failure shows its errors.</summary>
    public async Task<string> OutputAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, await errors + await output);
        return await output;
    }

    /// <summary>
    /// A port of loopback for a program that cannot ask for any: from below those that the system gives to whoever asks, or another test would
    /// get it in between.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody has it: another.
            }
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
