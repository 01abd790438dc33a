using System.Globalization;
using Garam.Platform.Devices;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Manage;

/// <summary>The form of a device as it was typed, so that a mistake costs nothing of it.</summary>
/// <param name="Tags">A line each: <c>key=value</c>.</param>
/// <param name="Period">Seconds between two messages; empty takes the product's.</param>
public sealed record DeviceFields(string Id, string Title, string Product, string Model, string Site, string Hub, string Tags, string Period)
{
    public static readonly DeviceFields Empty = new("", "", "", "", "", "", "", "");

    private const decimal MillisecondsPerSecond = 1000;

    public static DeviceFields Of(Device device) => new(
        device.Id.Value, device.Title ?? "", device.ProductId ?? "", device.Model ?? "", device.SiteId ?? "", device.HubId ?? "",
        string.Join('\n', device.Tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}")),
        device.ExpectedPeriodMs is { } ms ? (ms / MillisecondsPerSecond).ToString("0.###", CultureInfo.InvariantCulture) : "");

    internal static DeviceFields Of(IFormCollection form) => new(
        Text(form, "id"), Text(form, "title"), Text(form, "product"), Text(form, "model"), Text(form, "site"), Text(form, "hub"), Text(form, "tags"), Text(form, "period"));

    /// <summary>What the platform is to keep.</summary>
    /// <param name="problem">A word for what cannot be read; empty when the answer is true.</param>
    internal bool TryBody(out DeviceBody body, out string problem)
    {
        body = new DeviceBody();
        problem = "";
        long periodMs = 0;
        if (Period.Length > 0)
        {
            if (!decimal.TryParse(Period, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds is <= 0 or > 31_536_000)
            {
                problem = "period";
                return false;
            }

            periodMs = Math.Max(1, (long)(seconds * MillisecondsPerSecond));
        }

        if (!TryTags(out var tags))
        {
            problem = "tags";
            return false;
        }

        body = new DeviceBody { Title = Title, ProductId = Product, Model = Model, SiteId = Site, HubId = Hub, Tags = tags, ExpectedPeriodMs = periodMs };
        return true;
    }

    /// <summary>Only what differs from the device as it is, so that the trail tells what was changed.</summary>
    internal static DeviceBody Changes(DeviceBody body, Device device) => new()
    {
        Title = Unless(body.Title, device.Title),
        ProductId = Unless(body.ProductId, device.ProductId),
        Model = Unless(body.Model, device.Model),
        SiteId = Unless(body.SiteId, device.SiteId),
        HubId = Unless(body.HubId, device.HubId),
        Tags = body.Tags is { } tags && tags.Count == device.Tags.Count && tags.All(t => device.Tags.TryGetValue(t.Key, out var present) && present == t.Value) ? null : body.Tags,
        ExpectedPeriodMs = body.ExpectedPeriodMs == (device.ExpectedPeriodMs ?? 0) ? null : body.ExpectedPeriodMs,
    };

    private static string? Unless(string? text, string? present) => (text ?? "") == (present ?? "") ? null : text;

    private bool TryTags(out Dictionary<string, string> tags)
    {
        tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Tags.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at == 0 || !tags.TryAdd(at < 0 ? line : line[..at].TrimEnd(), at < 0 ? "" : line[(at + 1)..].TrimStart()))
                return false;
        }

        return true;
    }

    private static string Text(IFormCollection form, string name) => form[name].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
}
