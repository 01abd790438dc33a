using Garam.TimeSeries;

namespace Garam.Web.Fleet;

/// <summary>What a device's card shows.</summary>
/// <param name="Main">The metric of its gauge; null when it has sent no number.</param>
/// <param name="Hour">The main metric's last hour.</param>
/// <param name="Word">Its newest text, for a device that sends no numbers.</param>
/// <param name="Others">A few further readings.</param>
public sealed record Card(
    FleetDevice Of, string Place, Reading? Main, GaugeScale? Scale, IReadOnlyList<double> Hour, NewestText? Word, IReadOnlyList<Reading> Others);
