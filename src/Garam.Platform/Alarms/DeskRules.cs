using Garam.Platform.Devices;

namespace Garam.Platform.Alarms;

/// <summary>What every batch of the desk works by.</summary>
/// <param name="Actions">Those that are asked when an alarm's follow-up is an action.</param>
internal sealed record DeskRules(DeviceRegistry Registry, FlapRule Flap, IReadOnlyList<IAlarmAction> Actions);
