using System.CommandLine;
using System.Text.Json;

namespace Garam.Commands;

/// <summary><c>./garam device list | show | put | remove | token</c>: the registry of a running node.</summary>
internal static class DeviceCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The device's id" };
    private static readonly Option<string?> Product = new("--product") { Description = "Product id" };
    private static readonly Option<string?> Site = new("--site") { Description = "Site id" };
    private static readonly Option<string?> Model = new("--model") { Description = "Model" };
    private static readonly Option<string?> Title = new("--title") { Description = "Title" };
    private static readonly Option<string?> Hub = new("--hub") { Description = "The hub it speaks through" };

    public static Command Create() => new("device", "Lists, registers and removes devices, and gives them tokens.")
    {
        NodeClient.Command("list", "Lists devices.", ListAsync, Product, Site),
        NodeClient.Command("show", "Shows a device.", (r, c, t) => ShowAsync(c.GetAsync(Path(r), t)), Id),
        NodeClient.Command("put", "Registers or changes a device.", (r, c, t) => ShowAsync(c.SendAsync(HttpMethod.Put, Path(r), Body(r), t)), Id, Product, Site, Model, Title, Hub),
        NodeClient.Command("remove", "Forgets a device.", RemoveAsync, Id),
        NodeClient.Command("token", "Gives a device a new token, shown this once.", TokenAsync, Id),
    };

    private static string Path(ParseResult result) => $"/api/v1/devices/{Uri.EscapeDataString(result.GetValue(Id)!)}";

    private static object Body(ParseResult result) => new
    {
        productId = result.GetValue(Product),
        siteId = result.GetValue(Site),
        model = result.GetValue(Model),
        title = result.GetValue(Title),
        hubId = result.GetValue(Hub),
    };

    private static async Task<int> ListAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var query = "/api/v1/devices?limit=10000";
        if (result.GetValue(Product) is { } product)
            query += $"&product={Uri.EscapeDataString(product)}";
        if (result.GetValue(Site) is { } site)
            query += $"&site={Uri.EscapeDataString(site)}";
        using var answer = await client.GetAsync(query, cancellation);
        Lines.WriteTable(
            ["device", "product", "site", "status", "last seen"],
            answer.RootElement.GetProperty("items").EnumerateArray().Select(d =>
                (IReadOnlyList<string>)[Text(d, "device_id"), Text(d, "productId"), Text(d, "siteId"), Text(d, "status"), Text(d, "lastSeen")]));
        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(Task<JsonDocument> asked)
    {
        using var answer = await asked;
        foreach (var part in answer.RootElement.EnumerateObject())
            Console.WriteLine($"{part.Name + ":",-18}{part.Value}");
        return ExitCode.Done;
    }

    private static async Task<int> RemoveAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        using var answer = await client.SendAsync(HttpMethod.Delete, Path(result), null, cancellation);
        Console.WriteLine("Removed. Its readings stay until their retention ends.");
        return ExitCode.Done;
    }

    private static async Task<int> TokenAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        using var answer = await client.SendAsync(HttpMethod.Post, Path(result) + "/token", null, cancellation);
        Console.WriteLine(Text(answer.RootElement, "token"));
        return ExitCode.Done;
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";
}
