using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests.Identity;

/// <summary>A node with its endpoints behind a real Kestrel on a free port of loopback, and a clock that the test owns.</summary>
internal sealed class WebNode : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string AdministratorToken = "administrator-0123456789";

    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private WebNode(Action<GaramOptions>? change, bool open)
    {
        var options = new GaramOptions
        {
            Data = _folder.File("data"),
            Log = new LogStoreOptions { ReserveMegabytes = 0 },
            Pipeline = new PipelineOptions { Lanes = 1 },
        };
        if (!open)
            options.Identity.Tokens.Add(new ApiTokenOptions { Name = "root", Role = "administrator", Token = AdministratorToken });
        change?.Invoke(options);
        var packs = new PackFolders(_folder);
        packs.WriteProduct("test", "json", FlowBed.Json);
        Node = GaramNode.Open(options, packs.Packs, PackCode.None, Time, NullLoggerFactory.Instance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGaramNode(Node);
        builder.Services.AddProblemDetails();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapGaramNode();
        // As a page with a form does it.
        _app.MapGet("/test/forgery", (HttpContext http, IAntiforgery forgery) => forgery.GetAndStoreTokens(http).RequestToken);
    }

    public ManualTime Time { get; } = new();

    public GaramNode Node { get; }

    public Uri Address { get; private set; } = null!;

    public IEnumerable<Microsoft.AspNetCore.Routing.RouteEndpoint> Endpoints =>
        _app.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>();

    /// <param name="open">Without any credentials, as a newcomer starts it.</param>
    public static async Task<WebNode> StartAsync(Action<GaramOptions>? change = null, bool open = false)
    {
        var node = new WebNode(change, open);
        await node._app.StartAsync();
        node.Address = new Uri(node._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return node;
    }

    public void AddUser(string name, Role role = Role.Viewer, string? customer = null) =>
        Node.Credentials.Users.Add(name, null, Node.Credentials.Passwords.Hash(Password), role, customer, null).ShouldBe(UserOutcome.Done);

    public string StampOf(string name) => Node.Credentials.Users.TryGet(name, out var entry) ? entry.User.Stamp : throw new KeyNotFoundException(name);

    /// <summary>One that keeps cookies and follows no redirect, and with a bearer token if one is given.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public HttpClient Root() => Client(AdministratorToken);

    /// <summary>Sends the sign-in form as the page would.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string name, string password = Password, string returnUrl = "/")
    {
        var forgery = await client.GetStringAsync("/test/forgery");
        return await client.PostAsync("/sign-in", Form(("name", name), ("password", password), ("returnUrl", returnUrl), ("__RequestVerificationToken", forgery)));
    }

    public async Task<HttpClient> SignedInAsync(string name)
    {
        var client = Client();
        using var answer = await SignInAsync(client, name);
        answer.Headers.Location!.ToString().ShouldBe("/");
        return client;
    }

    public static FormUrlEncodedContent Form(params (string Key, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Key, f.Value)));

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();

    public static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await ReadAsync(answer)).GetProperty("code").GetString();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Node.DisposeAsync();
        _folder.Dispose();
    }
}
