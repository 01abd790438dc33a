namespace Garam.Platform.Identity.Audit;

/// <summary>One line of the trail.</summary>
/// <param name="Id">From 1, rising.</param>
/// <param name="AtUs">Unix microseconds.</param>
/// <param name="Actor">A user's or token's name, <c>local</c>, or <c>command line</c>.</param>
/// <param name="Address">Where the request came from; null when not from the network.</param>
/// <param name="Action">What was done, as <c>device.put</c>.</param>
/// <param name="Subject">To what: an id.</param>
/// <param name="Detail">What a reader needs beside it; never a secret.</param>
public sealed record AuditEntry(long Id, long AtUs, string Actor, string? Address, string Action, string Subject, string? Detail);
