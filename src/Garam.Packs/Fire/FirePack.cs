using Garam.Packs.Fire.Risk;
using Garam.Platform;

namespace Garam.Packs.Fire;

/// <summary>What the pack <c>fire</c> brings as code beside its data.</summary>
public static class FirePack
{
    public static PackCode Code { get; } = new()
    {
        Derivations = [new FireDerivation()],
    };
}
