using Garam.Mqtt.Client;
using Garam.Mqtt.Packets;

namespace Garam.EndToEnd;

/// <summary>MQTT clients as tests want them.</summary>
internal static class Mqtt
{
    public static async Task<MqttClient> ConnectAsync(int port, string id = "", string? user = null, string? password = null, ProtocolVersion version = ProtocolVersion.V5)
    {
        var client = new MqttClient(new MqttClientOptions
        {
            Port = port,
            ClientId = id.Length > 0 ? id : $"test-{Guid.NewGuid():N}",
            SessionExpiry = TimeSpan.Zero,
            Version = version,
            UserName = user,
            Password = password is null ? (ReadOnlyMemory<byte>?)null : System.Text.Encoding.UTF8.GetBytes(password),
            // A test that kills the server wants no repetition of what was under way.
            ReconnectDelay = TimeSpan.FromMinutes(10),
            ReconnectDelayMax = TimeSpan.FromMinutes(10),
        });
        await client.ConnectAsync();
        return client;
    }
}
