namespace Garam.Mqtt.Broker;

/// <summary>Takes everything and keeps nothing: a plain broker.</summary>
public sealed class OpenGate : IPublishGate
{
    /// <summary>The only one needed.</summary>
    public static OpenGate Instance { get; } = new();

    /// <inheritdoc />
    public bool IsCongested => false;

    /// <inheritdoc />
    public PublishReceipt Receive(in PublishArrival arrival) => PublishReceipt.Accepted;

    /// <inheritdoc />
    public ValueTask WaitDurableAsync(long ticket, CancellationToken cancellation) => default;

    /// <inheritdoc />
    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => default;
}
