namespace Garam.Simulate;

/// <summary>A device that a simulator plays, as the registry should know it.</summary>
/// <param name="Id">The device's id, as in its topics.</param>
/// <param name="ProductId">The product whose spec decodes what it sends.</param>
/// <param name="Title">A name for people.</param>
/// <param name="HubId">The hub it hangs on; null for one that stands alone.</param>
/// <param name="Site">The site it stands at.</param>
/// <param name="NeedsRegistration">Whether nothing in its messages names the product, so that the registry has to.</param>
/// <param name="NeedsSite">Whether rules look at the devices of its site together, so that the registry should know it.</param>
public sealed record SimulatedDevice(string Id, string ProductId, string Title, string? HubId, string Site, bool NeedsRegistration, bool NeedsSite = false);
