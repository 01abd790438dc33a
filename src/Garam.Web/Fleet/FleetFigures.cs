namespace Garam.Web.Fleet;

/// <summary>How the fleet is, in a few numbers.</summary>
public sealed record FleetFigures(int Devices, int Connected, int Critical, int High, double? StoredToday, double MessagesPerSecond);
