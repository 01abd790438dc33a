namespace Garam.Platform.DeadLetters;

/// <summary>What a retry did.</summary>
/// <param name="Recovered">Letters that are in the store now.</param>
/// <param name="Failed">Letters that stay, with their reason of today.</param>
public sealed record RetryReport(int Recovered, int Failed)
{
    internal RetryReport Add(RetryReport more) => new(Recovered + more.Recovered, Failed + more.Failed);
}
