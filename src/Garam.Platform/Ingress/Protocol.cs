namespace Garam.Platform.Ingress;

/// <summary>How a message reached the platform. The numbers are part of the raw record (docs/formats/raw-record.md).</summary>
public enum Protocol : byte
{
    Mqtt = 1,
    Tcp = 2,
    Http = 3,
    WebSocket = 4,
}
