using Garam.Expressions;

namespace Garam.Web.Plumbing;

/// <summary>How the pipeline is at one moment.</summary>
/// <param name="Problems">Why the node is not ready; empty when it is.</param>
/// <param name="Lag">Messages received and not yet stored.</param>
/// <param name="StoredP50">Seconds from receipt to stored, half of the messages within; null before the first.</param>
/// <param name="FlushP99">Seconds of a group commit, 99 of 100 within.</param>
/// <param name="DiskFreeBytes">Free where the data folder lies.</param>
public sealed record PlumbingFigures(
    IReadOnlyList<Phrase> Problems, double MessagesPerSecond, long Lag, double? StoredP50, double? StoredP99, double? FlushP99,
    long LogBytes, long StoreBytes, long DiskFreeBytes, long DiskTotalBytes, long Devices, long Samples,
    IReadOnlyList<(string Protocol, long Accepted, long Refused)> Ingress);
