using System.Text;

namespace Garam.Bench.Load;

/// <summary>CONNECT of MQTT 3.1.1: clean session, keep-alive off.</summary>
internal static class ConnectPacket
{
    public static byte[] Of(string clientId, string? user, string? password)
    {
        var flags = 0x02 | (user is null ? 0 : 0x80) | (password is null ? 0 : 0x40);
        List<byte> body = [0, 4, .. "MQTT"u8, 4, (byte)flags, 0, 0];
        foreach (var text in new[] { clientId, user, password })
        {
            if (text is null)
                continue;
            var bytes = Encoding.UTF8.GetBytes(text);
            body.AddRange([(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes]);
        }

        return body.Count < 128
            ? [0x10, (byte)body.Count, .. body]
            : [0x10, (byte)(body.Count & 0x7F | 0x80), (byte)(body.Count >> 7), .. body];
    }
}
