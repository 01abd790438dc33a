using Garam.Platform.Alarms;
using Garam.Platform.Detection;
using Garam.Platform.Notifications;

namespace Garam.Platform;

/// <summary>What packs bring as code, for what data cannot say. The program hands it to the node.</summary>
public sealed record PackCode
{
    public static readonly PackCode None = new();

    public IReadOnlyList<IMetricDerivation> Derivations { get; init; } = [];

    public IReadOnlyList<IAlarmComposer> Composers { get; init; } = [];

    public IReadOnlyList<INotificationForm> Forms { get; init; } = [];

    public IReadOnlyList<IAlarmAction> Actions { get; init; } = [];

    /// <summary>Null while no models are installed.</summary>
    public IModelCatalog? Models { get; init; }

    /// <summary>
    /// Products whose readings are kept for fewer days than others', by product id: names of retention classes of the store, which the pack's
    /// code gives to the groups of its devices.
    /// </summary>
    public IReadOnlyDictionary<string, int> RetainRawDays { get; init; } = new Dictionary<string, int>();
}
