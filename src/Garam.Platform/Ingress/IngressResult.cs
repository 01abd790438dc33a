namespace Garam.Platform.Ingress;

/// <summary>What became of a message at the door. The names, in kebab case, are the <c>result</c> label of <c>garam_ingress_messages_total</c>.</summary>
public enum IngressResult
{
    Accepted,
    TooLarge,
    RateLimited,
    Unavailable,
    Unauthorized,
    Invalid,

    /// <summary>The device, or the hub it speaks through, is disabled.</summary>
    Disabled,
}
