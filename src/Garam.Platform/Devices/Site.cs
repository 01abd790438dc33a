namespace Garam.Platform.Devices;

/// <summary>A place where devices stand: a building, a plant, a shop. Belongs to at most one customer.</summary>
public sealed record Site(string Id, string? CustomerId, string? Title);
