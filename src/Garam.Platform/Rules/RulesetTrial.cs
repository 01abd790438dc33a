using System.Text;

namespace Garam.Platform.Rules;

/// <summary>Another version of a ruleset that judges a share of the devices, beside the live one.</summary>
/// <param name="Share">Share of the devices, 0 to 1.</param>
public sealed record RulesetTrial(RulesetDefinition Definition, int Version, double Share)
{
    /// <summary>
    /// Whether the trial judges this device: by a hash of ruleset and device (64-bit FNV-1a, mixed), so that the same devices are chosen after a
    /// restart, and a larger share keeps those of a smaller one.
    /// </summary>
    public bool Covers(string deviceId)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(Definition.Id + "/" + deviceId))
            hash = (hash ^ b) * 1099511628211UL;
        // The last letter of an id reaches few bits of FNV, and ids that count up would share an arm: mixed as MurmurHash3 ends.
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        hash ^= hash >> 33;
        return (hash & 0xFFFFFF) < Share * 0x1000000;
    }
}
