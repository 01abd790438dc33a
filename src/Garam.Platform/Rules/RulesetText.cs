using System.Text;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Rules;

/// <summary>A ruleset as a request's body.</summary>
internal static class RulesetText
{
    /// <summary>The body; null when it is larger than a ruleset may be.</summary>
    public static async Task<string?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var buffer = new char[RulesetCheck.TextMax + 1];
        var length = await reader.ReadBlockAsync(buffer, cancellation);
        return length > RulesetCheck.TextMax ? null : new string(buffer, 0, length);
    }

    public static IResult TooLarge() =>
        Problem.Of(StatusCodes.Status413PayloadTooLarge, "payload-too-large", $"A ruleset has at most {RulesetCheck.TextMax} characters.");
}
