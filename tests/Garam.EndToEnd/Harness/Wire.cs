using System.Net.Sockets;

namespace Garam.EndToEnd;

/// <summary>A bare socket, for what no client would do.</summary>
internal sealed class Wire : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<Wire> ConnectAsync(int port, int? receiveBuffer = null)
    {
        var wire = new Wire();
        if (receiveBuffer is { } bytes)
            wire._socket.ReceiveBufferSize = bytes;
        await wire._socket.ConnectAsync("127.0.0.1", port);
        return wire;
    }

    /// <summary>Sends as much as the other side takes; a connection closed meanwhile is no error.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[await _socket.SendAsync(bytes)..];
        }
        catch (SocketException)
        {
            // Closed by the server before all was sent; what it answered can still be read.
        }
    }

    /// <summary>Exactly so many bytes.</summary>
    public async Task<string> ReadHexAsync(int count)
    {
        var buffer = new byte[count];
        var length = 0;
        using var limit = new CancellationTokenSource(Limit);
        while (length < count && await _socket.ReceiveAsync(buffer.AsMemory(length), limit.Token) is var read and > 0)
            length += read;
        return Convert.ToHexString(buffer, 0, length);
    }

    /// <summary>All bytes until the server closes.</summary>
    public async Task<byte[]> ReadToEndAsync(Func<byte[], bool>? enough = null)
    {
        var all = new List<byte>();
        var buffer = new byte[64 * 1024];
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), limit.Token) is var read and > 0)
            {
                all.AddRange(buffer.AsSpan(0, read));
                if (enough?.Invoke(buffer[..read]) ?? false)
                    break;
            }
        }
        catch (SocketException)
        {
            // A reset is an end too.
        }

        return [.. all];
    }

    /// <summary>Says that nothing more comes, and goes on reading: what was sent is not swept away by a reset.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();
}
