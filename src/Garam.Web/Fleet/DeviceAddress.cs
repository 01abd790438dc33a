namespace Garam.Web.Fleet;

/// <summary>Addresses of devices' pages.</summary>
internal static class DeviceAddress
{
    public static string Of(string deviceId) => "/devices/" + Uri.EscapeDataString(deviceId);
}
