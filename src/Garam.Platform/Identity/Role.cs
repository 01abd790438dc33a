namespace Garam.Platform.Identity;

/// <summary>What a principal may do; each role includes those before it.</summary>
public enum Role
{
    /// <summary>Sends its own readings and nothing else.</summary>
    Device,

    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Also sends readings for any device, deals with alarms and retries dead letters.</summary>
    Operator,

    /// <summary>Also changes product specs and rules, and replays the past.</summary>
    Engineer,

    /// <summary>Also changes devices, sites, customers and users, and reads the audit trail.</summary>
    Administrator,
}
