namespace Garam.Platform.DeadLetters;

/// <summary>A message that could not be stored, with all that is needed to try again.</summary>
/// <param name="Position">Its position in the raw log; also its identity.</param>
/// <param name="Reason">A short code, see <see cref="DeadReason"/> and the decoder's own.</param>
/// <param name="Detail">What was wrong, where, for a person.</param>
/// <param name="SpecVersion">The version of the product spec that was tried last; null when there was none.</param>
/// <param name="Record">The raw log's record: header and payload.</param>
/// <param name="Attempts">How often it has been tried, the first time included.</param>
public sealed record DeadLetter(
    long Position, string Reason, string Detail, string DeviceId, string? ProductId, int? SpecVersion, string Channel,
    long ReceivedUs, long FirstUs, long LastUs, int Attempts, byte[] Record);
