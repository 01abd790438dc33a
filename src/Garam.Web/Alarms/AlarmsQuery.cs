using System.Globalization;
using Garam.Platform.Alarms;
using Garam.Platform.Identity;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Alarms;

/// <summary>Which alarms the list shows; all of it stands in the address.</summary>
/// <param name="State">One of <see cref="States"/>.</param>
/// <param name="Severity">Null shows all.</param>
/// <param name="Before">Only numbers below this: where the page before ended.</param>
public sealed record AlarmsQuery(string State, Severity? Severity, string Text, string Device, long? Before)
{
    public const string Open = "open";

    /// <summary>What a list may show, the usual first.</summary>
    public static readonly IReadOnlyList<string> States = [Open, "cleared", "resolved", "closed", "all"];

    private const int TextMax = 100;

    internal static AlarmsQuery Of(IQueryCollection query)
    {
        var state = query["state"].ToString();
        return new AlarmsQuery(
            States.Contains(state) ? state : Open,
            AlarmNames.TrySeverity(query["severity"].ToString(), out var severity) ? severity : null,
            Cut(query["q"].ToString()),
            Cut(query["device"].ToString()),
            long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null);
    }

    internal AlarmFilter Filter(AccessScope scope) => new(
        States: State switch
        {
            "all" => null,
            Open => [AlarmState.Raised, AlarmState.Acknowledged],
            _ => AlarmNames.TryState(State, out var state) ? [state] : null,
        },
        Severities: Severity is { } severity ? [severity] : null,
        Device: Device.Length > 0 ? Device : null,
        RaisedOnly: Device.Length > 0 && !scope.SeesDevice(Device),
        Customer: scope.CustomerId,
        Text: Text.Length > 0 ? Text : null,
        Before: Before ?? long.MaxValue);

    public string Address() => "/alarms" + Query('?');

    /// <summary>The parameters, for the address and for the stream.</summary>
    public string Query(char first) => new AddressText("", first)
        .Add("state", State == Open ? null : State).Add("severity", Severity is { } severity ? AlarmNames.Of(severity) : null)
        .Add("q", Text).Add("device", Device).Add("before", Before?.ToString(CultureInfo.InvariantCulture)).ToString();

    private static string Cut(string text) => text.Length > TextMax ? text[..TextMax] : text;
}
