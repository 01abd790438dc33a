using System.Text;
using Garam.Log;
using Garam.Mqtt;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;
using Garam.Platform.Sql;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests;

/// <summary>Who may do what, by token and on the broker.</summary>
public sealed class Access : IAsyncLifetime
{
    private const string Viewer = "viewer-token-0123";
    private const string Operator = "operator-token-01";
    private const string Administrator = "administrator-tok";
    private const string OfCustomer = "customers-token-1";

    private readonly TemporaryFolder _folder = new();
    private readonly PackFolders _packs;
    private readonly DeviceRegistry _registry;
    private readonly Credentials _credentials;
    private readonly DurableLog _log;
    private readonly string _deviceToken;

    public Access()
    {
        _packs = new PackFolders(_folder);
        _packs.WriteRoutes("a", """
            routes:
              - topic: devices/{device}/telemetry
              - topic: devices/{hub}/child/{device}/telemetry
            """);
        _packs.Open();
        var database = Database.Open(_folder.File("garam.db"));
        _registry = new DeviceRegistry(new DeviceStore(database), 10, TimeProvider.System);
        _credentials = new Credentials(database, DataFolder.Open(_folder.Path), new IdentityOptions(), TimeProvider.System, NullLoggerFactory.Instance, watch: false);
        _log = DurableLog.Open(_folder.File("log"), new LogOptions { FreeBytesReserve = 0 });
        (_deviceToken, var hash) = AccessGuard.NewDeviceToken();
        _registry.Put(DeviceId.Trusted("hub-1"), d => d with { CredentialHash = hash });
        _registry.Put(DeviceId.Trusted("bare"), d => d);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _credentials.Dispose();
        _packs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Without_tokens_everybody_here_may_do_everything()
    {
        var guard = new AccessGuard(new GaramOptions(), _registry, _credentials, TimeProvider.System);

        (guard.IsOpen, guard.FromToken(null), guard.FromDevice("x", null)).ShouldBe((true, Principal.Local, Principal.Local));
    }

    [Theory]
    [InlineData(Viewer, Role.Viewer)]
    [InlineData(Operator, Role.Operator)]
    [InlineData(Administrator, Role.Administrator)]
    public void A_token_has_its_role(string token, Role role) => Guard.FromToken(token)!.Role.ShouldBe(role);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("viewer-token-012")]
    [InlineData("viewer-token-01234")]
    [InlineData("VIEWER-TOKEN-0123")]
    public void Any_other_token_is_nobodys(string? token)
    {
        Guard.FromToken(token).ShouldBeNull();
        Guard.FromDevice("hub-1", token).ShouldBeNull();
    }

    [Fact]
    public void A_role_includes_those_before_it() =>
        Enum.GetValues<Role>().Select(role => new Principal("x", Role.Operator).May(role)).ShouldBe([true, true, true, false, false]);

    [Fact]
    public void A_device_with_its_token_is_itself_and_nobody_else()
    {
        Guard.FromDevice("hub-1", _deviceToken).ShouldBe(new Principal("hub-1", Role.Device, "hub-1"));
        Guard.FromDevice("bare", _deviceToken).ShouldBeNull();
        Guard.FromDevice("unknown", _deviceToken).ShouldBeNull();
        Guard.FromToken(_deviceToken).ShouldBeNull();
    }

    [Fact]
    public void A_device_may_be_spoken_for_by_an_operator_but_not_by_a_viewer()
    {
        Guard.FromDevice("bare", Operator)!.MaySendFor("bare", "").ShouldBeTrue();
        Guard.FromDevice("bare", Viewer).ShouldBeNull();
    }

    [Fact]
    public void A_devices_token_is_random_and_only_its_hash_is_kept()
    {
        var (token, hash) = AccessGuard.NewDeviceToken();

        token.Length.ShouldBe(48);
        hash.Length.ShouldBe(64);
        hash.ShouldNotContain(token);
        AccessGuard.NewDeviceToken().Token.ShouldNotBe(token);
    }

    [Theory]
    [InlineData("hub-1", "devices/hub-1/telemetry", true)]
    [InlineData("hub-1", "devices/hub-1/child/sensor-9/telemetry", true)]
    [InlineData("hub-1", "devices/hub-2/telemetry", false)]
    [InlineData("hub-1", "devices/hub-2/child/sensor-9/telemetry", false)]
    [InlineData("hub-1", "devices/hub-1/firmware/progress", true)]
    [InlineData("hub-1", "devices/hub-11/firmware/progress", false)]
    [InlineData("hub-1", "$aws/things/hub-1/shadow/update", true)]
    [InlineData("hub-1", "$aws/things/hub-2/shadow/update", false)]
    [InlineData("hub-1", "anything", false)]
    [InlineData(null, "devices/hub-2/telemetry", true)]
    [InlineData(null, "anything", true)]
    public async Task A_device_publishes_under_its_own_name_only(string? device, string topic, bool may) =>
        (await SignIn(device ?? "ops", device is null ? Operator : _deviceToken, session => _access!.MayPublish(session, topic))).ShouldBe(may);

    [Theory]
    [InlineData("devices/hub-1/commands/#", true)]
    [InlineData("devices/hub-1/#", true)]
    [InlineData("devices/hub-1", false)]
    [InlineData("devices/hub-10/#", false)]
    [InlineData("devices/+/commands", false)]
    [InlineData("devices/#", false)]
    [InlineData("#", false)]
    [InlineData("$share/g/devices/hub-2/#", false)]
    public async Task A_device_subscribes_under_its_own_name_only(string filter, bool may) =>
        (await SignIn("hub-1", _deviceToken, session => _access!.MaySubscribe(session, filter))).ShouldBe(may);

    [Fact]
    public async Task A_viewer_subscribes_to_all_but_what_is_denied_and_publishes_nothing()
    {
        (await SignIn("v", Viewer, s => _access!.MaySubscribe(s, "#"))).ShouldBeTrue();
        (await SignIn("v", Viewer, s => _access!.MaySubscribe(s, "secret/#"))).ShouldBeFalse();
        (await SignIn("v", Viewer, s => _access!.MayPublish(s, "devices/a/telemetry"))).ShouldBeFalse();
        (await SignIn("v", Viewer, s => _access!.MayPublish(s, "anything"))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("devices/hub-1/telemetry", true)]
    [InlineData("devices/hub-1/child/bare/telemetry", false)]
    [InlineData("devices/bare/telemetry", false)]
    [InlineData("devices/hub-1/firmware/progress", true)]
    [InlineData("devices/unknown/firmware/progress", false)]
    [InlineData("$aws/things/hub-1/shadow/update", true)]
    [InlineData("$aws/things/bare/shadow/update", false)]
    [InlineData("$SYS/broker/clients", false)]
    [InlineData("anything", false)]
    public async Task A_token_of_one_customer_receives_what_its_devices_publish_whatever_it_subscribes_to(string topic, bool may)
    {
        _registry.Put(new Site("house", "ours", null));
        _registry.Put(DeviceId.Trusted("hub-1"), d => d with { SiteId = "house" });

        (await SignIn("c", OfCustomer, s => _access!.MaySubscribe(s, "#"))).ShouldBeTrue();
        (await SignIn("c", OfCustomer, s => _access!.MayReceive(s, topic))).ShouldBe(may);
        (await SignIn("c", Viewer, s => _access!.MayReceive(s, topic))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_device_receives_what_is_under_its_own_name_also_in_a_session_that_was_another_s()
    {
        (await SignIn("hub-1", _deviceToken, s => _access!.MayReceive(s, "devices/hub-1/commands"))).ShouldBeTrue();
        (await SignIn("hub-1", _deviceToken, s => _access!.MayReceive(s, "devices/bare/commands"))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("hub-1", "wrong")]
    [InlineData("hub-1", "")]
    [InlineData(null, "")]
    [InlineData("bare", "")]
    public async Task A_connection_without_valid_credentials_is_refused_and_counted(string? user, string password)
    {
        using var gate = NewGate();
        var access = NewAccess(gate);

        (await access.AuthenticateAsync(Attempt(user, password), Until.Token)).Reason.ShouldBe(ReasonCode.BadUserNameOrPassword);

        gate.Counters[Protocol.Mqtt, IngressResult.Unauthorized].ShouldBe(1);
    }

    private AccessGuard Guard => new(new GaramOptions { Identity = Identity }, _registry, _credentials, TimeProvider.System);

    private MqttAccess? _access;

    private static IdentityOptions Identity => new()
    {
        Tokens =
        {
            new ApiTokenOptions { Name = "v", Token = Viewer, Role = "viewer" },
            new ApiTokenOptions { Name = "o", Token = Operator, Role = "operator" },
            new ApiTokenOptions { Name = "c", Token = OfCustomer, Role = "operator", Customer = "ours" },
            new ApiTokenOptions { Name = "a", Token = Administrator, Role = "administrator" },
        },
    };

    private LogGate NewGate() => new(_log, new PipelineProgress(() => 0, 0), _registry.Disabled, new GaramOptions(), TimeProvider.System);

    private MqttAccess NewAccess(LogGate gate) => new(Guard, _registry, _packs.Catalog, new GaramOptions { Mqtt = new MqttListenerOptions { DenySubscribe = { "secret/#" } } }, gate);

    private async Task<bool> SignIn(string user, string password, Func<MqttSession, bool> ask)
    {
        using var gate = NewGate();
        _access = NewAccess(gate);
        var verdict = await _access.AuthenticateAsync(Attempt(user, password), Until.Token);
        var session = Sessions.Of(user, verdict.Principal.ShouldBeOfType<Principal>());
        return ask(session);
    }

    private static ConnectAttempt Attempt(string? user, string password) =>
        new("client", ProtocolVersion.V5, user, Encoding.UTF8.GetBytes(password), null, null);
}
