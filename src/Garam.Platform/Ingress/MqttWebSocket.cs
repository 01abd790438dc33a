using Garam.Mqtt.Broker;
using Garam.Platform.Identity;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Ingress;

/// <summary>MQTT over WebSocket at <c>/mqtt</c> of the HTTP port, for browsers and for networks that let only HTTP pass.</summary>
public static class MqttWebSocket
{
    private const string Subprotocol = "mqtt";

    public static void MapMqttWebSocket(this IEndpointRouteBuilder routes) => routes.Map("/mqtt", ServeAsync).ChecksCredentials().ExcludeFromDescription();

    private static async Task ServeAsync(HttpContext http, MqttBroker broker, AccessGuard guard)
    {
        if (!http.WebSockets.IsWebSocketRequest || !http.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol))
        {
            await Problem.Of(StatusCodes.Status426UpgradeRequired, "upgrade-required", "This address speaks MQTT over WebSocket, subprotocol mqtt.").ExecuteAsync(http);
            return;
        }

        // While no sign-in is needed, a foreign page in a browser here must not speak MQTT either.
        if (guard.IsOpen && !LoopbackDoor.Admits(http.Request))
        {
            await Problem.Unauthorized().ExecuteAsync(http);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(Subprotocol);
        var remote = http.Connection.RemoteIpAddress is { } address ? new System.Net.IPEndPoint(address, http.Connection.RemotePort) : null;
        await broker.ServeWebSocketAsync(socket, remote, http.Connection.ClientCertificate, http.RequestAborted);
    }
}
