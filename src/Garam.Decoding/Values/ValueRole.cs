namespace Garam.Decoding.Values;

/// <summary>What a value is for.</summary>
internal enum ValueRole
{
    Metric,
    DeviceTime,
    HubTime,
}
