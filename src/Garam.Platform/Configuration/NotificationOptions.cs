namespace Garam.Platform.Configuration;

/// <summary>Who is told of alarms, how, and when.</summary>
public sealed record NotificationOptions
{
    /// <summary>Where people reach this node's pages, for links in messages: <c>https://garam.example.com</c>; empty writes none.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Whether every alarm that people are told of is published on <c>alerts/{product}/{device}</c> of the built-in broker.</summary>
    public bool Mqtt { get; set; } = true;

    /// <summary>Whether every alarm that people are told of is also an event on the dashboard's stream.</summary>
    public bool Dashboard { get; set; } = true;

    public IList<NotificationChannelOptions> Channels { get; init; } = [];

    public IList<NotificationRouteOptions> Routes { get; init; } = [];
}
