using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Topics;

/// <summary>What a topic name may be (§4.7).</summary>
internal static class TopicName
{
    /// <summary>At least one character, no wildcard; the text itself already checked or checked here for U+0000 only.</summary>
    public static bool IsName(ReadOnlySpan<byte> utf8) => !utf8.IsEmpty && utf8.IndexOfAny((byte)'+', (byte)'#', (byte)0) < 0;

    /// <summary>Checks a name as it came off the wire, text and limits included.</summary>
    public static ReasonCode Check(ReadOnlySpan<byte> utf8, int maxBytes, int maxLevels)
    {
        if (!MqttText.IsValid(utf8))
            return ReasonCode.MalformedPacket;
        if (!IsName(utf8) || utf8.Length > maxBytes || utf8.Count((byte)'/') >= maxLevels)
            return ReasonCode.TopicNameInvalid;
        return ReasonCode.Success;
    }
}
