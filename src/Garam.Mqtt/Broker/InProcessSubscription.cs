using Garam.Mqtt.Topics;

namespace Garam.Mqtt.Broker;

/// <summary>Ends a subscription of the process when disposed.</summary>
internal sealed class InProcessSubscription(SubscriptionTree tree, Subscription subscription) : IDisposable
{
    private int isDisposed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 0)
            tree.Remove(subscription);
    }
}
