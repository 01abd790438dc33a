namespace Garam.Mqtt.Broker;

/// <summary>
/// A subscription inside the process. Called on the publisher's read loop: it must be quick, must not block or throw, and copies
/// what it keeps, because the payload is only lent for the call.
/// </summary>
public delegate void MessageHandler(in InProcessMessage message);
