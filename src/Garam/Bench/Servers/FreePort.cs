using System.Net;
using System.Net.Sockets;

namespace Garam.Bench.Servers;

/// <summary>
/// A port of the loopback address that nobody listens on. It is from below those that systems give to whoever asks for any, so that no
/// connection gets it before the server that it is for.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Last = 29_999;

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last + 1);
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
}
