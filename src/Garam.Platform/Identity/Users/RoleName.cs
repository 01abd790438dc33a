namespace Garam.Platform.Identity.Users;

/// <summary>Roles as people write them.</summary>
public static class RoleName
{
    /// <summary>Those a user or token may have, the least first.</summary>
    public static readonly IReadOnlyList<string> All = ["viewer", "operator", "engineer", "administrator"];

    public static bool TryParse(string? text, out Role role)
    {
        role = text switch
        {
            "viewer" => Role.Viewer,
            "operator" => Role.Operator,
            "engineer" => Role.Engineer,
            "administrator" => Role.Administrator,
            _ => Role.Device,
        };
        return role != Role.Device;
    }

    public static string Of(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        Role.Engineer => "engineer",
        Role.Administrator => "administrator",
        _ => "device",
    };
}
