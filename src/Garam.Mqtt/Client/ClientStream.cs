using System.Net.Security;
using System.Net.Sockets;

namespace Garam.Mqtt.Client;

/// <summary>Opens the byte stream to the server.</summary>
internal static class ClientStream
{
    public static async Task<Stream> OpenAsync(MqttClientOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is null)
                return stream;
            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(options.Tls, cancellation);
            return tls;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
