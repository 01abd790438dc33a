using System.Net.Sockets;
using System.Text;

namespace Garam.EndToEnd;

/// <summary>A device on the line-based TCP listener.</summary>
internal sealed class TcpDevice : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new() { NoDelay = true };
    private StreamReader _reader = null!;

    public Stream Stream => _client.GetStream();

    public static async Task<TcpDevice> ConnectAsync(int port)
    {
        var device = new TcpDevice();
        await device._client.ConnectAsync("127.0.0.1", port);
        device._reader = new StreamReader(device.Stream, Encoding.UTF8, false, 1024, leaveOpen: true);
        return device;
    }

    /// <summary>Connects and greets; the greeting must be taken.</summary>
    public static async Task<TcpDevice> HelloAsync(int port, string id, string? token = null)
    {
        var device = await ConnectAsync(port);
        await device.SendAsync($"HELLO {id}{(token is null ? "" : " " + token)}");
        (await device.ReadAsync()).ShouldBe("OK");
        return device;
    }

    public Task SendAsync(params IEnumerable<string> lines) => SendBytesAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => await Stream.WriteAsync(bytes);

    /// <summary>The server's next line; null when it has closed.</summary>
    public async Task<string?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        return await _reader.ReadLineAsync(limit.Token);
    }

    /// <summary>Reads until so many frames are acknowledged.</summary>
    public async Task AcknowledgedAsync(int count)
    {
        while (true)
        {
            var line = await ReadAsync();
            line.ShouldNotBeNull();
            line.ShouldStartWith("ACK ");
            var acknowledged = int.Parse(line.AsSpan(4));
            acknowledged.ShouldBeLessThanOrEqualTo(count);
            if (acknowledged == count)
                return;
        }
    }

    public void Dispose() => _client.Dispose();
}
