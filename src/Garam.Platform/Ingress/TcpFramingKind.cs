namespace Garam.Platform.Ingress;

/// <summary>The ways to cut a TCP stream into payloads.</summary>
public enum TcpFramingKind
{
    /// <summary>One line, ended by LF or CRLF.</summary>
    Line,

    /// <summary>Two bytes big endian, then so many bytes.</summary>
    Length16,

    /// <summary>Four bytes big endian, then so many bytes.</summary>
    Length32,

    /// <summary>Always the same number of bytes.</summary>
    Fixed,

    /// <summary>Bytes up to a fixed sequence, which is left out.</summary>
    Delimiter,
}
