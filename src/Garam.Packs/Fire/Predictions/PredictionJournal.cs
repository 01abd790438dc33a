using System.Text.Json;
using System.Text.Json.Serialization;
using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Rest;
using Garam.Platform.Packs;
using Garam.Platform.Rest;
using Garam.Platform.Telemetry;

namespace Garam.Packs.Fire.Predictions;

/// <summary>
/// The prediction results that are kept (part 3, <c>save_prediction_result</c>): 7 days. Not every reading's, as in the document, but those worth
/// looking at later: of a risk from MEDIUM on, or that ask for action, one a device every five minutes and one at each change of whether action
/// is asked for.
/// </summary>
/// <remarks>Used by the monitor's loop; <see cref="List"/> from any thread.</remarks>
internal sealed class PredictionJournal(PackRecordStore records)
{
    private const string Pack = "fire";
    private const string Kind = "prediction";

    /// <summary>About 1 KB each: 200 MB at the very most.</summary>
    private const int RecordsMax = 200_000;

    private const double RiskMin = 0.4;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly long EveryUs = TimeSpan.FromMinutes(5).Ticks / TimeSpan.TicksPerMicrosecond;

    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = TelemetryJson.Encoder,
    };

    // By device; forgets what has been quiet, so it holds no more devices than were at risk lately.
    private readonly Dictionary<string, (long AtUs, bool IsActionRequired)> _kept = new(StringComparer.Ordinal);

    /// <summary>Keeps those of a round that are worth it; returns how many.</summary>
    public int Keep(IEnumerable<DeviceAnalysis> round, long nowUs)
    {
        var worthwhile = round.Where(a => a.Newest is not null && IsWorthwhile(a, nowUs)).ToList();
        records.Add(Pack, Kind, worthwhile.ConvertAll(a => new PackRecord(a.DeviceId, a.Newest!.Value.TimeUs, JsonSerializer.Serialize(AnalysisView.Of(a), Json))));
        foreach (var analysis in worthwhile)
            _kept[analysis.DeviceId] = (nowUs, analysis.IsActionRequired);
        foreach (var device in _kept.Where(k => k.Value.AtUs < nowUs - (2 * EveryUs)).Select(k => k.Key).ToList())
            _kept.Remove(device);
        return worthwhile.Count;
    }

    /// <summary>Those of a device in [from, to), newest first.</summary>
    public IReadOnlyList<JsonElement> List(string deviceId, long fromUs, long toUs, int limit) =>
        [.. records.List(Pack, Kind, deviceId, fromUs, toUs, limit).Select(r => JsonSerializer.Deserialize<JsonElement>(r.Body))];

    public int Expire(DateTimeOffset now) => records.Expire(Pack, Kind, TimeParameter.ToUs(now - Kept), RecordsMax);

    private bool IsWorthwhile(DeviceAnalysis analysis, long nowUs)
    {
        if (!_kept.TryGetValue(analysis.DeviceId, out var last))
            return analysis.IsActionRequired || analysis.Newest!.Value.Risk >= RiskMin;
        if (last.IsActionRequired != analysis.IsActionRequired)
            return true;
        return nowUs - last.AtUs >= EveryUs && (analysis.IsActionRequired || analysis.Newest!.Value.Risk >= RiskMin);
    }
}
