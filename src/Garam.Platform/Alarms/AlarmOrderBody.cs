using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Alarms;

/// <summary>What a person sends with an order; all of it may be left out, but the reason of a dismissal.</summary>
/// <param name="Note">A remark.</param>
/// <param name="Reason">The same under the name that a dismissal has for it.</param>
/// <param name="Confirmed">For a resolution: whether the alarm was right.</param>
/// <param name="Revision">The revision they looked at; the header <c>If-Match</c> says it too.</param>
internal sealed record AlarmOrderBody(string? Note, string? Reason, bool? Confirmed, int? Revision)
{
    private const int TextMax = 2_000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public string? Text => string.IsNullOrWhiteSpace(Reason) ? Note : Reason;

    /// <summary>Reads the request's body, which may be empty; null with what is wrong.</summary>
    public static async Task<(AlarmOrderBody? Body, string Problem)> ReadAsync(HttpRequest request, AlarmOrderKind kind, CancellationToken cancellation)
    {
        var body = new AlarmOrderBody(null, null, null, null);
        if (request.ContentLength is not 0 && request.HasJsonContentType())
        {
            try
            {
                body = await JsonSerializer.DeserializeAsync<AlarmOrderBody>(request.Body, Options, cancellation) ?? body;
            }
            catch (JsonException e)
            {
                return (null, $"The body is not the JSON it should be: {e.Message}");
            }
        }

        string? match = request.Headers.IfMatch;
        if (match is not null && match != "*")
        {
            if (!int.TryParse(match.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
                return (null, "If-Match must be the alarm's revision, such as \"3\".");
            body = body with { Revision = revision };
        }

        if (body.Text is { Length: > TextMax })
            return (null, $"note has more than {TextMax} characters.");
        if (kind == AlarmOrderKind.Dismiss && string.IsNullOrWhiteSpace(body.Text))
            return (null, "Say why it was a false alarm: {\"reason\":\"…\"}. Rules are judged by it.");
        return (body, "");
    }
}
