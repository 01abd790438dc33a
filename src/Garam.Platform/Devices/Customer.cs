namespace Garam.Platform.Devices;

/// <summary>Who owns sites and sees their devices.</summary>
public sealed record Customer(string Id, string? Title);
