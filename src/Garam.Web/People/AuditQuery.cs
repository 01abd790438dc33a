using System.Globalization;
using Garam.Web.Figures;
using Garam.Web.Shell;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.People;

/// <summary>Which lines of the audit trail are shown; all of it stands in the address.</summary>
/// <param name="FromUs">Unix microseconds; null has no bound.</param>
/// <param name="ToUs">Exclusive.</param>
/// <param name="Before">Only numbers below this: where the page before ended.</param>
public sealed record AuditQuery(string Actor, string Action, string Subject, long? FromUs, long? ToUs, long? Before)
{
    private const int TextMax = 256;

    public bool IsEmpty => Actor.Length == 0 && Action.Length == 0 && Subject.Length == 0 && FromUs is null && ToUs is null;

    internal static AuditQuery Of(IQueryCollection query, Visit visit) => new(
        AddressText.Read(query["actor"], TextMax), AddressText.Read(query["action"], TextMax), AddressText.Read(query["subject"], TextMax),
        Moment.TryParse(query["from"], visit, out var from) ? from : null, Moment.TryParse(query["to"], visit, out var to) ? to : null,
        long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null);

    public string Address() => new AddressText(UserAddress.Audit)
        .Add("actor", Actor).Add("action", Action).Add("subject", Subject)
        .Add("from", FromUs is { } from ? Moment.Iso(from) : null).Add("to", ToUs is { } to ? Moment.Iso(to) : null)
        .Add("before", Before?.ToString(CultureInfo.InvariantCulture)).ToString();
}
