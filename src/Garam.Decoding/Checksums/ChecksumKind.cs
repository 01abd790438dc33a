namespace Garam.Decoding.Checksums;

/// <summary>The checksums a frame may carry.</summary>
internal enum ChecksumKind
{
    Sum8,
    Xor8,
    Crc8,
    Crc16Modbus,
    Crc16Ccitt,
    Crc16Xmodem,
    Sum16,
    Crc32,
}
