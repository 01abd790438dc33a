using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Tests.Rules;

/// <summary>A node's REST on a loopback port, asked by a real HTTP client.</summary>
internal sealed class RestBed : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RestBed(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public HttpClient Client { get; }

    public static async Task<RestBed> StartAsync(GaramNode node)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddGaramNode(node);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        app.MapGaramNode();
        await app.StartAsync();
        return new RestBed(app);
    }

    /// <summary>Sends a text or, when it is anything else, JSON; answers status and body.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path);
        if (body is string text)
            request.Content = new StringContent(text, Encoding.UTF8, "application/yaml");
        else if (body is not null)
            request.Content = JsonContent.Create(body);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await Client.SendAsync(request, Until.Token);
        var answer = await response.Content.ReadAsStringAsync(Until.Token);
        return ((int)response.StatusCode, answer.Length == 0 ? default : JsonDocument.Parse(answer).RootElement.Clone());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
