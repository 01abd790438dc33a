using System.Net.Security;
using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>How a client connects and what it bounds.</summary>
public sealed record MqttClientOptions
{
    /// <summary>Host name or address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 1883 without TLS, 8883 with.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Non-null: TLS with these options.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>The protocol to speak.</summary>
    public ProtocolVersion Version { get; init; } = ProtocolVersion.V5;

    /// <summary>Empty: the server assigns one, which is then kept for reconnects.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Throw an old session away at the first connection. Reconnects always try to resume.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>
    /// How long the server keeps the session after the line is lost. Zero loses what is under way with the connection;
    /// under 3.1.1 anything above zero asks for a session without Clean Session.
    /// </summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Null: none sent.</summary>
    public string? UserName { get; init; }

    /// <summary>Null: none sent.</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>Null: no will.</summary>
    public ClientWill? Will { get; init; }

    /// <summary>A PINGREQ goes out after this much silence; the server's own value wins. 30 s keep most NATs open.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for TCP, TLS and CONNACK together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>QoS 1 and 2 messages under way; further publishers wait. The server's receive maximum may lower it.</summary>
    public int InflightWindow { get; init; } = 128;

    /// <summary>QoS 1 and 2 messages the server may have under way to us.</summary>
    public ushort ReceiveMaximum { get; init; } = 1024;

    /// <summary>Bytes written and not yet taken by the socket above which publishers wait.</summary>
    public int OutgoingBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Largest packet accepted from the server.</summary>
    public int PacketBytesMax { get; init; } = 1024 * 1024;

    /// <summary>First pause before a reconnect; doubles up to <see cref="ReconnectDelayMax"/>, each with 0 to 50 % taken off.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause between reconnects.</summary>
    public TimeSpan ReconnectDelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Seed of the jitter, so that a run can be repeated.</summary>
    public int Seed { get; init; } = Environment.ProcessId;
}
