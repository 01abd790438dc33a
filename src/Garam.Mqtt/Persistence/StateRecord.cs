namespace Garam.Mqtt.Persistence;

/// <summary>First byte of every journal record; see docs/formats/mqtt-state.md.</summary>
internal enum StateRecord : byte
{
    RetainedSet = 1,
    RetainedClear = 2,
    SessionHead = 3,
    SessionEnd = 4,
    SessionMessage = 5,
    MessageState = 6,
    MessagesDone = 7,
    InboundQos2 = 8,
}
