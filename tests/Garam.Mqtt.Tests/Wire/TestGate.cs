using Garam.Mqtt.Broker;

namespace Garam.Mqtt.Tests.Wire;

/// <summary>A gate whose durability and congestion the test controls.</summary>
internal sealed class TestGate : IPublishGate
{
    private readonly Lock sync = new();
    private TaskCompletionSource durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long lastTicket;
    private long durableUpTo = long.MaxValue;
    private int waiting;

    public delegate void Observer(in PublishArrival arrival);

    public Observer? OnReceive { get; set; }

    public Func<string, PublishReceipt?>? Answer { get; set; }

    public List<string> Received { get; } = [];

    public bool IsCongested { get; private set; }

    /// <summary>Whether a connection is held back by it now.</summary>
    public bool HoldsBack => Volatile.Read(ref waiting) > 0;

    public void Hold() => durableUpTo = 0;

    public void Release(long upTo = long.MaxValue)
    {
        TaskCompletionSource released;
        lock (sync)
        {
            durableUpTo = upTo;
            released = durable;
            durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        released.SetResult();
    }

    public void Fail()
    {
        lock (sync)
            durable.SetException(new IOException("The disk is gone."));
    }

    public void Congest() => IsCongested = true;

    public void Relieve()
    {
        IsCongested = false;
        room.SetResult();
        room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public PublishReceipt Receive(in PublishArrival arrival)
    {
        OnReceive?.Invoke(arrival);
        lock (sync)
        {
            Received.Add(arrival.Topic.Name + "=" + System.Text.Encoding.UTF8.GetString(arrival.Payload));
            return Answer?.Invoke(arrival.Topic.Name) ?? PublishReceipt.At(++lastTicket);
        }
    }

    public async ValueTask WaitDurableAsync(long ticket, CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (sync)
            {
                if (ticket <= durableUpTo)
                    return;
                wait = durable.Task;
            }

            await wait.WaitAsync(cancellation);
        }
    }

    public async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        // In this order: whoever relieves it completes this one.
        var relieved = room.Task;
        if (!IsCongested)
            return;
        Interlocked.Increment(ref waiting);
        try
        {
            await relieved.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
