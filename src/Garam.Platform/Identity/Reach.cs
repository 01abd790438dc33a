namespace Garam.Platform.Identity;

/// <summary>Whose things an endpoint touches: the decision every endpoint takes about principals who belong to one customer.</summary>
public enum Reach
{
    /// <summary>The whole platform: a principal of one customer is refused. The default, so that forgetting to decide opens nothing.</summary>
    Platform,

    /// <summary>Things of customers: the endpoint asks <see cref="AccessScope"/> for each, and what is not seen does not exist (404).</summary>
    Customer,

    /// <summary>Nothing of any customer, such as product specs: all may.</summary>
    Everybody,
}
