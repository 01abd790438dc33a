namespace Garam.Platform.Devices;

/// <summary>What still belongs to a customer.</summary>
/// <param name="Sites">Ids, in order.</param>
/// <param name="Devices">On these sites.</param>
/// <param name="Users">Names of those who see this customer only, in order.</param>
/// <param name="TokenOwners">Names of further users with an API token for this customer, in order.</param>
/// <param name="ConfiguredTokens">Names of tokens for this customer in the configuration, in order.</param>
public sealed record CustomerUse(
    IReadOnlyList<string> Sites, int Devices, IReadOnlyList<string> Users, IReadOnlyList<string> TokenOwners, IReadOnlyList<string> ConfiguredTokens)
{
    public bool IsNone => Sites.Count + Users.Count + TokenOwners.Count + ConfiguredTokens.Count == 0;
}
