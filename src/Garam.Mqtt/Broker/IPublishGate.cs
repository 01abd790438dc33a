namespace Garam.Mqtt.Broker;

/// <summary>
/// The way from the wire into the durable log. The broker calls <see cref="Receive"/> for every inbound publication after the
/// access check and before subscribers get it, and acknowledges only what <see cref="WaitDurableAsync"/> has confirmed.
/// </summary>
public interface IPublishGate
{
    /// <summary>True while the log asks producers to slow down. Read once per received batch.</summary>
    bool IsCongested { get; }

    /// <summary>
    /// Takes one publication. Called on the connection's read loop, from many connections at once; must not block or throw.
    /// </summary>
    PublishReceipt Receive(in PublishArrival arrival);

    /// <summary>
    /// Completes when everything up to the ticket is durable. An exception means it never will be: the broker then acknowledges
    /// nothing more on that connection and closes it. The continuation encodes acknowledgements and may write to a socket pipe,
    /// so complete it off the flushing thread.
    /// </summary>
    ValueTask WaitDurableAsync(long ticket, CancellationToken cancellation);

    /// <summary>Completes when the log has room again; until then the broker does not read from the connection.</summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellation);
}
