namespace Garam.Platform.Notifications;

/// <summary>Many notifications told as one.</summary>
/// <param name="Count">How many.</param>
/// <param name="FirstUs">The oldest, Unix microseconds.</param>
/// <param name="LastUs">The newest.</param>
/// <param name="Severities">Worst first.</param>
/// <param name="Products">Most first, at most <see cref="NamesMax"/>.</param>
/// <param name="Sites">The same; an empty name stands for those without a site.</param>
/// <param name="Worst">The worst, oldest first among equals.</param>
internal sealed record AlarmDigest(
    long Count, long FirstUs, long LastUs, IReadOnlyList<DigestCount> Severities, IReadOnlyList<DigestCount> Products, IReadOnlyList<DigestCount> Sites,
    IReadOnlyList<Notification> Worst)
{
    /// <summary>More names nobody reads in a message.</summary>
    public const int NamesMax = 20;

    /// <summary>Alarms named one by one.</summary>
    public const int WorstMax = 10;
}
