using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Garam.Mqtt.Broker;

/// <summary>Serves MQTT on a Kestrel endpoint: <c>listen.UseConnectionHandler&lt;MqttConnectionHandler&gt;()</c>, after TLS if any.</summary>
public sealed class MqttConnectionHandler(MqttBroker broker) : ConnectionHandler
{
    /// <inheritdoc />
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var certificate = await ClientCertificateAsync(connection);
        await broker.ServeAsync(connection.Transport, connection.RemoteEndPoint, certificate, connection.ConnectionClosed);
    }

    private static async ValueTask<X509Certificate2?> ClientCertificateAsync(ConnectionContext connection) =>
        connection.Features.Get<ITlsConnectionFeature>() is { } tls
            ? tls.ClientCertificate ?? await tls.GetClientCertificateAsync(connection.ConnectionClosed)
            : null;
}
