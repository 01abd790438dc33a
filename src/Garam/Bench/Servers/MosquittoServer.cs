using System.Diagnostics;
using System.Net.Sockets;

namespace Garam.Bench.Servers;

/// <summary>
/// A Mosquitto that keeps everything in memory: no persistence, no limit on what is queued, a thousand messages in flight
/// towards the subscriber, no logging. Nothing but routing is measured.
/// </summary>
internal sealed class MosquittoServer : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private MosquittoServer(ChildProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>Where the program is, or null when it is not installed.</summary>
    public static string? Path { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Concat(["/usr/sbin", "/usr/local/sbin"])
        .Select(folder => System.IO.Path.Combine(folder, "mosquitto"))
        .FirstOrDefault(File.Exists);

    /// <exception cref="BenchException">It is not installed, or does not listen.</exception>
    public static async Task<MosquittoServer> StartAsync(string folder, CancellationToken cancellation)
    {
        if (Path is null)
            throw new BenchException("mosquitto is not installed: apt-get install mosquitto, or run with --peer none.");
        var port = FreePort.Next();
        var configuration = System.IO.Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(configuration, $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            persistence false
            max_inflight_messages 1000
            max_queued_messages 0
            set_tcp_nodelay true
            log_type error

            """, cancellation);
        var process = ChildProcess.Start(Path, ["-c", configuration]);
        var server = new MosquittoServer(process, port);
        var begin = Stopwatch.GetTimestamp();
        while (!await ListensAsync(port, cancellation))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(begin) > TimeSpan.FromSeconds(10))
            {
                var output = process.Output;
                await server.DisposeAsync();
                throw new BenchException($"Mosquitto does not listen:\n{output}");
            }

            await Task.Delay(20, cancellation);
        }

        return server;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
