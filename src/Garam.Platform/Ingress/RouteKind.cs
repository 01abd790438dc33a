namespace Garam.Platform.Ingress;

/// <summary>What a routed message carries. The numbers are part of the raw record.</summary>
public enum RouteKind : byte
{
    Telemetry = 0,

    /// <summary>A device's own word on its state (<c>online</c>, <c>offline</c>, or JSON with a <c>status</c>).</summary>
    Status = 1,
}
