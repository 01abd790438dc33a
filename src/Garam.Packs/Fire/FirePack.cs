using Garam.Packs.Fire.Alerts;
using Garam.Packs.Fire.Risk;
using Garam.Platform;

namespace Garam.Packs.Fire;

/// <summary>What the pack <c>fire</c> brings as code beside its data.</summary>
public static class FirePack
{
    public static PackCode Code { get; } = new()
    {
        Derivations = [new FireDerivation()],
        Composers = [new FireAlertComposer()],
        Forms = [new FireAlertForm()],
        // The document's table of raw data.
        RetainRawDays = new Dictionary<string, int> { [FireMetric.Product] = 30 },
    };
}
