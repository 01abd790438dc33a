namespace Garam.Platform.Configuration;

/// <summary>The built-in MQTT broker's listeners and limits.</summary>
public sealed record MqttListenerOptions
{
    /// <summary>0 takes any free port.</summary>
    public int Port { get; set; } = 1883;

    /// <summary>Port for MQTT over TLS (needs http.certificate and http.key); 0 leaves it out.</summary>
    public int TlsPort { get; set; }

    public int ConnectionsMax { get; set; } = 20_000;

    /// <summary>Filters nobody may subscribe to, for example topics of another tenant.</summary>
    public IList<string> DenySubscribe { get; init; } = [];
}
