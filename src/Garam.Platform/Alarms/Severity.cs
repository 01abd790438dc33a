namespace Garam.Platform.Alarms;

/// <summary>How bad an alarm is; orders from least to worst.</summary>
public enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}
