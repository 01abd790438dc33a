using System.Net;
using System.Security.Cryptography.X509Certificates;
using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>Who wants to connect.</summary>
/// <param name="ClientId">As sent, or as assigned when the client sent none.</param>
/// <param name="Version">The protocol.</param>
/// <param name="UserName">Null when absent.</param>
/// <param name="Password">Empty when absent.</param>
/// <param name="RemoteEndPoint">Null when the transport has none.</param>
/// <param name="ClientCertificate">The certificate of the TLS client, when it showed one.</param>
public sealed record ConnectAttempt(
    string ClientId,
    ProtocolVersion Version,
    string? UserName,
    ReadOnlyMemory<byte> Password,
    EndPoint? RemoteEndPoint,
    X509Certificate2? ClientCertificate);
