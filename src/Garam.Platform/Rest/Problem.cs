using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Rest;

/// <summary>RFC 9457 problem details with a <c>code</c>; docs/reference/errors.md lists the codes.</summary>
public static class Problem
{
    /// <param name="code">Stable, in kebab case; programs may rely on it.</param>
    /// <param name="detail">For a person: what is wrong, where, and what to do.</param>
    public static IResult Of(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "not-found", what);

    public static IResult Invalid(string detail) => Of(StatusCodes.Status400BadRequest, "invalid-request", detail);

    /// <summary>Refuses a <c>limit</c> that is not 1 to <paramref name="max"/>; null when it is.</summary>
    public static IResult? OfLimit(int limit, int max) => limit < 1 || limit > max ? Invalid($"limit must be 1 to {max}.") : null;

    public static IResult Unauthorized() => Of(StatusCodes.Status401Unauthorized, "unauthorized", "Send 'Authorization: Bearer <token>' with an API token, an access token or the device's token, or sign in.");

    public static IResult DeviceDisabled(string device) =>
        Of(StatusCodes.Status403Forbidden, "device-disabled", $"'{device}' is disabled, and nothing is taken from it until an administrator enables it again.");

    public static IResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "forbidden", detail);
}
