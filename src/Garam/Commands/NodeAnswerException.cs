using System.Net;
using System.Text.Json;

namespace Garam.Commands;

/// <summary>The node refused a request; the message is its own words.</summary>
internal sealed class NodeAnswerException : Exception
{
    private NodeAnswerException(string message, bool isInput)
        : base(message) => IsInput = isInput;

    /// <summary>Whether the request was wrong (and not the node).</summary>
    public bool IsInput { get; }

    public static NodeAnswerException From(HttpStatusCode status, string body)
    {
        var detail = $"The node answered {(int)status} {status}.";
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("detail", out var text) && text.GetString() is { Length: > 0 } told)
                detail = told;
        }
        catch (JsonException)
        {
            // Not one of our problem details: a proxy's page, perhaps. The status says enough.
        }

        return new NodeAnswerException(detail, (int)status is >= 400 and < 500);
    }
}
