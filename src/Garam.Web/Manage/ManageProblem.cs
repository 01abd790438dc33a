using Garam.Platform.Devices;

namespace Garam.Web.Manage;

/// <summary>Words of the pages' texts for what can be wrong with a form.</summary>
internal static class ManageProblem
{
    public static string Of(DeviceOutcome outcome) => outcome switch
    {
        DeviceOutcome.Taken => "taken",
        DeviceOutcome.Full => "full",
        DeviceOutcome.BadId => "id",
        DeviceOutcome.UnknownProduct => "product",
        DeviceOutcome.OwnHub => "hub",
        DeviceOutcome.Unknown => "gone",
        DeviceOutcome.InUse => "in-use",
        _ => "invalid",
    };
}
