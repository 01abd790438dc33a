namespace Garam.Platform.Identity;

/// <summary>What an endpoint demands of its callers, kept in its metadata.</summary>
/// <param name="Role">The least role; null when the endpoint asks nobody, or checks credentials itself as the ingress does.</param>
public sealed record AccessRequirement(Role? Role, Reach Reach);
