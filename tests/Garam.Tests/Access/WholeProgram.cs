using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Garam.Hosting;
using Garam.Platform;
using Garam.Platform.Alarms;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Users;
using Garam.Platform.Packs;
using Garam.Tests.Fire;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Tests.Access;

/// <summary>
/// The whole program in this process with all packs and two customers, of whom each has a site, a meter with a reading and a dead letter, a
/// fire detector and an alarm. What is theirs is named so that it can be found in any answer.
/// </summary>
public sealed class WholeProgram : IAsyncLifetime
{
    /// <summary>Texts and a value that no question names: who reads one was shown what is another's.</summary>
    public static readonly string[] Secrets = ["Their secret title", "Their secret house", "Their secret name", "their_secret_metric", "77.125", "Their secret alarm", "their-secret-tag"];

    private readonly string _folder = Directory.CreateTempSubdirectory("garam-access-").FullName;
    private NodeHost _host = null!;
    private string _customersToken = "";

    internal GaramNode Node => _host.Node;

    internal IEnumerable<RouteEndpoint> Endpoints => _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public long TheirLetter { get; private set; }

    public long TheirAlarm { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var options = new GaramOptions { Data = _folder, Log = new LogStoreOptions { ReserveMegabytes = 0 } };
        options.Http.Port = options.Mqtt.Port = options.Tcp.Port = 0;
        options.Identity.Tokens.Add(new ApiTokenOptions { Name = "root", Role = "administrator", Token = "root-0123456789-0123456789" });
        var packs = Path.GetFullPath("../../../packs", Path.GetDirectoryName(Here())!);
        _host = await NodeHost.StartAsync(options, PackFolder.Find(packs, [.. Directory.GetDirectories(packs).Select(d => Path.GetFileName(d)!)], out _));
        using var root = Client("root-0123456789-0123456789");
        foreach (var whose in new[] { "our", "their" })
        {
            Node.Registry.Put(new Customer($"{whose}s", whose == "their" ? "Their secret name" : "Ours"));
            Node.Registry.Put(new Site($"{whose}-house", $"{whose}s", whose == "their" ? "Their secret house" : "Our house"));
            foreach (var (id, product) in new[] { ("meter", "json"), ("detector", "fire-detector") })
            {
                DeviceId.TryParse($"{whose}-{id}", out var device, out _).ShouldBeTrue();
                Node.Registry.Put(device, d => d with
                {
                    ProductId = product, SiteId = $"{whose}-house", Title = whose == "their" ? "Their secret title" : "Ours",
                    Tags = new Dictionary<string, string> { ["floor"] = whose == "their" ? "their-secret-tag" : "2" },
                });
            }

            await SendAsync(root, $"{whose}-meter", whose == "their" ? """{"their_secret_metric":77.125}""" : """{"power":1.5}""");
            await SendAsync(root, $"{whose}-meter", "not json");
            await SendAsync(root, $"{whose}-detector", $$"""{"deviceId":"{{whose}}-detector","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"idx":1,"status":0,"volt":221,"ct":10,"pcbTemp":{{(whose == "their" ? "77.125" : "33")}},"sensorTemp":70,"co":2,"voc":90,"pFct":0.95,"aArc":0,"zct":1,"rzct":1,"pwr":2}""");
            var text = whose == "their" ? "Their secret alarm" : "Ours";
            var nowUs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
            await Node.Alarms.AddAsync(new AlarmRaise(new AlarmKey("rules", "test", $"{whose}-meter"), -1, nowUs)
            {
                DeviceId = $"{whose}-meter", ProductId = "json", RulesetVersion = 1, SpecVersion = 1, Severity = Severity.High, FollowUp = FollowUp.Notify, Kind = "test",
                Texts = new AlarmTexts(text, text, [], []), SinceUs = nowUs, ReceivedUs = nowUs,
            });
        }

        await Node.Alarms.FlushAsync(CancellationToken.None);
        await Until.True(() => Task.FromResult(Node.Pipeline.Progress.Lag == 0 && Node.DeadLetters.List(null, null, -1, 10).Count == 2), () => "everything is processed");
        TheirLetter = Node.DeadLetters.List(null, "their-meter", -1, 10).Single().Position;
        TheirAlarm = Node.AlarmStore.List(new AlarmFilter { Device = "their-meter" }, 10).Single().Id;
        Node.Credentials.Users.Add("olga", null, Node.Credentials.Passwords.Hash("correct horse battery"), Role.Administrator, "ours", null).ShouldBe(UserOutcome.Done);
        Node.Credentials.ApiTokens.Issue("olga", "test", null, null, null, out _customersToken, out _).ShouldBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>One that asks as a browser does, and follows nothing.</summary>
    internal HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{_host.EndPoints[0].Port}") };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,*/*;q=0.8");
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>The administrator of the customer "ours", who must see nothing of "theirs".</summary>
    internal HttpClient Olga() => Client(_customersToken);

    private static async Task SendAsync(HttpClient client, string device, string payload)
    {
        using var answer = await client.PostAsync($"/api/v1/ingest/{device}", new StringContent(payload, Encoding.UTF8, "text/plain"));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
