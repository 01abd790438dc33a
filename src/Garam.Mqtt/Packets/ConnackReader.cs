using System.Text;

namespace Garam.Mqtt.Packets;

/// <summary>CONNACK as a client reads it (§3.2).</summary>
internal sealed class ConnackReader
{
    public bool SessionPresent { get; private set; }

    public ReasonCode Reason { get; private set; }

    public ushort ReceiveMaximum { get; private set; } = ushort.MaxValue;

    public uint MaximumPacketSize { get; private set; } = uint.MaxValue;

    public string? AssignedClientId { get; private set; }

    public ushort? ServerKeepAlive { get; private set; }

    public ushort TopicAliasMaximum { get; private set; }

    public string? ReasonText { get; private set; }

    /// <summary>Null when malformed.</summary>
    public static ConnackReader? Parse(ReadOnlySpan<byte> body, ProtocolVersion version)
    {
        var reader = new PacketReader(body);
        if (!reader.TryReadByte(out var flags) || flags > 1 || !reader.TryReadByte(out var code))
            return null;
        var packet = new ConnackReader
        {
            SessionPresent = flags == 1, Reason = version == ProtocolVersion.V5 ? (ReasonCode)code : FromReturnCode(code),
        };
        if (version != ProtocolVersion.V5 || reader.IsAtEnd)
            return packet;
        if (!reader.TryReadVariable(out var length) || !reader.TryReadSpan(length, out var block))
            return null;
        var properties = new PropertyReader(block, PropertySets.Connack);
        while (properties.TryNext(out var property))
            packet.Apply(property);
        return properties.Error == ReasonCode.Success ? packet : null;
    }

    private void Apply(in Property property)
    {
        switch (property.Id)
        {
            case PropertyId.ReceiveMaximum:
                ReceiveMaximum = (ushort)Math.Max(1, property.Number);
                break;
            case PropertyId.MaximumPacketSize:
                MaximumPacketSize = property.Number;
                break;
            case PropertyId.AssignedClientIdentifier:
                AssignedClientId = Encoding.UTF8.GetString(property.Bytes);
                break;
            case PropertyId.ServerKeepAlive:
                ServerKeepAlive = (ushort)property.Number;
                break;
            case PropertyId.TopicAliasMaximum:
                TopicAliasMaximum = (ushort)property.Number;
                break;
            case PropertyId.ReasonString:
                ReasonText = Encoding.UTF8.GetString(property.Bytes);
                break;
        }
    }

    private static ReasonCode FromReturnCode(byte code) => code switch
    {
        0 => ReasonCode.Success,
        1 => ReasonCode.UnsupportedProtocolVersion,
        2 => ReasonCode.ClientIdentifierNotValid,
        3 => ReasonCode.ServerUnavailable,
        4 => ReasonCode.BadUserNameOrPassword,
        _ => ReasonCode.NotAuthorized,
    };
}
