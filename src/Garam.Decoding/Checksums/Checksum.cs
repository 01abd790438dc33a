namespace Garam.Decoding.Checksums;

/// <summary>
/// Computes checksums. Names and parameters as in the catalogue of parametrised CRC algorithms (reveng.sourceforge.io); each is tested
/// against the catalogue's check value for "123456789".
/// </summary>
internal static class Checksum
{
    private static readonly ushort[] Modbus = Reflected16(0xA001);
    private static readonly ushort[] Ccitt = Forward16(0x1021);
    private static readonly uint[] Crc32 = Reflected32(0xEDB88320);
    private static readonly byte[] Crc8 = Forward8(0x07);

    public static uint Compute(ChecksumKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        ChecksumKind.Sum8 => Sum(bytes) & 0xFF,
        ChecksumKind.Sum16 => Sum(bytes) & 0xFFFF,
        ChecksumKind.Xor8 => Xor(bytes),
        ChecksumKind.Crc8 => ComputeCrc8(bytes),
        ChecksumKind.Crc16Modbus => ComputeModbus(bytes),
        ChecksumKind.Crc16Ccitt => ComputeCcitt(bytes, 0xFFFF),
        ChecksumKind.Crc16Xmodem => ComputeCcitt(bytes, 0),
        _ => ComputeCrc32(bytes),
    };

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        foreach (var next in bytes) sum += next;
        return sum;
    }

    private static uint Xor(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        foreach (var next in bytes) sum ^= next;
        return sum;
    }

    private static uint ComputeCrc8(ReadOnlySpan<byte> bytes)
    {
        byte crc = 0;
        foreach (var next in bytes) crc = Crc8[crc ^ next];
        return crc;
    }

    private static uint ComputeModbus(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (var next in bytes) crc = (ushort)((crc >> 8) ^ Modbus[(crc ^ next) & 0xFF]);
        return crc;
    }

    private static uint ComputeCcitt(ReadOnlySpan<byte> bytes, ushort crc)
    {
        foreach (var next in bytes) crc = (ushort)((crc << 8) ^ Ccitt[(crc >> 8) ^ next]);
        return crc;
    }

    private static uint ComputeCrc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var next in bytes) crc = (crc >> 8) ^ Crc32[(crc ^ next) & 0xFF];
        return ~crc;
    }

    private static byte[] Forward8(byte polynomial)
    {
        var table = new byte[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 0x80) != 0 ? (crc << 1) ^ polynomial : crc << 1;
            table[i] = (byte)crc;
        }

        return table;
    }

    private static ushort[] Forward16(ushort polynomial)
    {
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = i << 8;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 0x8000) != 0 ? (crc << 1) ^ polynomial : crc << 1;
            table[i] = (ushort)crc;
        }

        return table;
    }

    private static ushort[] Reflected16(ushort polynomial)
    {
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
            table[i] = (ushort)crc;
        }

        return table;
    }

    private static uint[] Reflected32(uint polynomial)
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
            table[i] = crc;
        }

        return table;
    }
}
