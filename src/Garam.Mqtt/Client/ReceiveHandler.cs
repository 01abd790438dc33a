namespace Garam.Mqtt.Client;

/// <summary>
/// Takes one message. Called one at a time in the order received; the acknowledgement goes out when the task completes, so what is
/// acknowledged has been handled. An exception ends the connection unacknowledged, and the message comes again.
/// </summary>
public delegate ValueTask ReceiveHandler(ReceivedMessage message);
