using Garam.Simulate.Fire;
using Garam.Simulate.Fleet;
using Garam.Simulate.Plant;

namespace Garam.Simulate;

/// <summary>The packs that can be simulated.</summary>
public static class PackSimulators
{
    private static readonly Dictionary<string, FireProfile> FireProfiles = new(StringComparer.Ordinal)
    {
        ["normal"] = FireProfile.Normal,
        ["overheating"] = FireProfile.Overheating,
        ["arcing"] = FireProfile.Arcing,
        ["leakage"] = FireProfile.Leakage,
        ["gas"] = FireProfile.Gas,
        ["dropout"] = FireProfile.Dropout,
        ["cluster"] = FireProfile.Cluster,
        ["comm-loss"] = FireProfile.CommLoss,
        ["story"] = FireProfile.Story,
    };

    /// <summary>The names of the packs.</summary>
    public static IReadOnlyList<string> Packs { get; } = ["fleet", "fire", "plant"];

    /// <summary>The profiles of a pack, the usual one first; empty for an unknown pack.</summary>
    public static IReadOnlyList<string> Profiles(string pack) => pack switch
    {
        "fire" => [.. FireProfiles.Keys],
        "fleet" or "plant" => ["normal"],
        _ => [],
    };

    /// <summary>The simulator of a pack.</summary>
    /// <param name="pack">One of <see cref="Packs"/>.</param>
    /// <param name="devices">How many devices, at least 1.</param>
    /// <param name="profile">One of the pack's <see cref="Profiles"/>.</param>
    /// <param name="seed">The same seed is the same fleet.</param>
    /// <param name="storyBegin">When a profile that tells a story begins it; left out, the clock alone says how far it is.</param>
    /// <exception cref="ArgumentException">The pack has no such profile, or there is no such pack.</exception>
    public static IPackSimulator Create(string pack, int devices, string profile = "normal", ulong seed = 1, DateTimeOffset storyBegin = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(devices, 1);
        if (!Profiles(pack).Contains(profile))
            throw new ArgumentException($"The pack '{pack}' has no profile '{profile}'; known are: {string.Join(", ", Profiles(pack))}.", nameof(profile));
        return pack switch
        {
            "fire" => new FireSimulator(devices, FireProfiles[profile], seed, storyBegin),
            "plant" => new PlantSimulator(devices, seed),
            _ => new FleetSimulator(devices, seed),
        };
    }
}
