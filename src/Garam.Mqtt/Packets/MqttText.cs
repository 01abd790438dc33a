using System.Text.Unicode;

namespace Garam.Mqtt.Packets;

/// <summary>What a UTF-8 encoded string may hold (MQTT 5 §1.5.4).</summary>
internal static class MqttText
{
    /// <summary>Well-formed UTF-8 (no overlong forms, no surrogates) without U+0000 [MQTT-1.5.4-1, MQTT-1.5.4-2].</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) => !utf8.Contains((byte)0) && Utf8.IsValid(utf8);
}
