namespace Garam.Mqtt.Client;

/// <summary>One filter the client keeps subscribed.</summary>
internal sealed record ClientSubscription(string Filter, string Pattern, SubscribeOptions Options, ReceiveHandler Handler);
