namespace Garam.Platform.Devices;

/// <summary>What became of a change of the registry, and why.</summary>
/// <param name="Detail">For a person who reads English; empty when it is done.</param>
/// <param name="IsNew">Whether the device was added by it.</param>
public sealed record DeviceAnswer(DeviceOutcome Outcome, string Detail = "", bool IsNew = false)
{
    public bool IsDone => Outcome == DeviceOutcome.Done;

    /// <summary>A new token, shown this once; null when none was asked for.</summary>
    public string? Token { get; init; }

    /// <summary>Never with the token: records print themselves into logs.</summary>
    public override string ToString() => $"{Outcome} {Detail}";
}
