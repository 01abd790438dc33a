namespace Garam.Platform.Configuration;

/// <summary>One more TCP listener.</summary>
public sealed record TcpListenerOptions
{
    public int Port { get; set; }

    /// <summary><c>line</c>, <c>length16</c>, <c>length32</c>, <c>fixed: N</c> or <c>delimiter: 0x…</c>.</summary>
    public string Framing { get; set; } = "line";

    /// <summary><c>hello</c>: the first line is <c>HELLO id [token]</c>; <c>field</c>: <see cref="DeviceOffset"/> of each frame; else this one id.</summary>
    public string Device { get; set; } = "hello";

    /// <summary>With <c>device: field</c>: where the id stands in a frame, and how long it is (taken as hex text).</summary>
    public int DeviceOffset { get; set; }

    public int DeviceLength { get; set; }

    /// <summary>The product of devices first seen here.</summary>
    public string? Product { get; set; }
}
