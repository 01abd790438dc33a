using System.Collections;

namespace Garam.Platform.Tests;

/// <summary><c>garam.yaml</c>, the environment and flags (docs/reference/configuration.md).</summary>
public sealed class Configuration_files : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_said_gives_the_defaults()
    {
        var options = Load(null);

        (options.Bind, options.Http.Port, options.Mqtt.Port, options.Tcp.Port, options.Ingress.PayloadBytesMax).ShouldBe(("127.0.0.1", 8080, 1883, 9000, 262_144));
        options.OpenRegistration.ShouldBeTrue();
    }

    [Fact]
    public void The_file_is_read_with_its_lists()
    {
        var options = Load("""
            mqtt: {port: 2883, deny_subscribe: ["a/#", b]}
            ingress:
              payload_bytes_max: 1000
            registration: {mode: closed}
            tcp:
              listeners:
                - {port: 9100, framing: "fixed: 12", device: press-1}
                - {port: 9101, framing: length16, device: field, device_offset: 2, device_length: 8}
            """);

        options.Mqtt.DenySubscribe.ShouldBe(["a/#", "b"]);
        (options.Mqtt.Port, options.Ingress.PayloadBytesMax, options.Registration.Mode).ShouldBe((2883, 1000, RegistrationMode.Closed));
        options.Tcp.Listeners.Select(l => (l.Port, l.Framing, l.Device, l.DeviceOffset, l.DeviceLength))
            .ShouldBe([(9100, "fixed: 12", "press-1", 0, 0), (9101, "length16", "field", 2, 8)]);
    }

    [Fact]
    public void The_environment_wins_over_the_file_and_a_flag_over_both()
    {
        const string file = "http: {port: 1}\nmqtt: {port: 1}\ntcp: {port: 1}";
        var environment = new Hashtable { ["GARAM__MQTT__PORT"] = "2", ["GARAM__TCP__PORT"] = "2", ["OTHER__HTTP__PORT"] = "2" };

        var options = Load(file, environment, new Dictionary<string, string?> { ["tcp:port"] = "3" });

        (options.Http.Port, options.Mqtt.Port, options.Tcp.Port).ShouldBe((1, 2, 3));
    }

    [Fact]
    public void The_environment_reaches_keys_of_several_words_and_lists()
    {
        var options = Load(null, new Hashtable
        {
            ["GARAM__INGRESS__PAYLOAD_BYTES_MAX"] = "77",
            ["GARAM__IDENTITY__TOKENS__0__NAME"] = "ops",
            ["GARAM__IDENTITY__TOKENS__0__TOKEN"] = "0123456789abcdef",
            ["GARAM__IDENTITY__TOKENS__0__ROLE"] = "operator",
        });

        options.Ingress.PayloadBytesMax.ShouldBe(77);
        options.Identity.Tokens.Single().ShouldBe(new ApiTokenOptions { Name = "ops", Token = "0123456789abcdef", Role = "operator" });
    }

    [Fact]
    public void A_key_that_does_not_exist_is_an_error_with_its_place_and_what_was_meant()
    {
        var file = _folder.Write("garam.yaml", "mqtt:\n  prot: 1883\n");

        Problems(file).ShouldBe([$"{file}:2:9: there is no setting 'mqtt.prot'. Did you mean 'mqtt.port'?"]);
    }

    [Fact]
    public void A_key_like_no_other_is_told_where_to_look() =>
        Problems(_folder.Write("garam.yaml", "whatever: 1")).Single().ShouldContain("See docs/reference/configuration.md.");

    [Fact]
    public void A_variable_that_does_not_exist_is_an_error_with_its_name() =>
        Problems(null, new Hashtable { ["GARAM__HTTP__PROT"] = "1" }).Single().ShouldStartWith("GARAM__HTTP__PROT: there is no setting 'http.prot'. Did you mean 'http.port'?");

    [Fact]
    public void All_values_out_of_range_are_told_together() =>
        Problems(_folder.Write("garam.yaml", """
            http: {port: 70000}
            ingress: {payload_bytes_max: 0, request_bytes_max: -1}
            pipeline: {checkpoint_seconds: 0}
            telemetry: {retain_raw_days: 0}
            log: {retain_gigabytes: 0, reserve_megabytes: -1}
            tcp: {listeners: [{port: 1, framing: morse}], connections_max: 0}
            identity: {tokens: [{name: ops, token: short, role: adminstrator}]}
            """)).Select(p => p[..p.IndexOf(':', StringComparison.Ordinal)]).ShouldBe(
            ["http.port", "tcp.listeners.framing", "ingress.payload_bytes_max", "ingress.request_bytes_max", "pipeline.checkpoint_seconds",
             "telemetry.retain_raw_days", "log.retain_gigabytes", "log.reserve_megabytes", "tcp.connections_max", "identity.tokens", "identity.tokens"],
            ignoreOrder: true);

    [Theory]
    [InlineData("mqtt: {port: [}", ":1:")]
    [InlineData("\tmqtt: 1", ":1:")]
    public void What_is_not_yaml_is_told_with_its_place(string text, string place) =>
        Problems(_folder.Write("garam.yaml", text)).Single().ShouldContain(place);

    [Theory]
    [InlineData("mqtt: {port: many}")]
    [InlineData("registration: {mode: sometimes}")]
    public void A_value_of_the_wrong_kind_is_a_problem_and_not_an_exception(string text) =>
        Problems(_folder.Write("garam.yaml", text)).Count.ShouldBe(1);

    [Fact]
    public void A_file_that_is_not_there_is_a_problem() => Problems(_folder.File("none.yaml")).Single().ShouldContain("cannot be read");

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.0.0.1", false)]
    public void Registration_is_open_by_itself_on_loopback_only(string bind, bool open) => new GaramOptions { Bind = bind }.OpenRegistration.ShouldBe(open);

    [Fact]
    public void Every_key_is_found_by_its_own_name() =>
        ConfigurationKeys.All.Keys.Where(key => !ConfigurationKeys.IsKnown(key.Replace("[]", ":0").Replace('.', ':'), out _)).ShouldBeEmpty();

    private GaramOptions Load(string? text, Hashtable? environment = null, Dictionary<string, string?>? flags = null)
    {
        var options = ConfigurationFile.Load(text is null ? null : _folder.Write("garam.yaml", text), environment ?? [], flags ?? [], out var problems);
        problems.ShouldBeEmpty();
        return options;
    }

    private static IReadOnlyList<string> Problems(string? file, Hashtable? environment = null)
    {
        ConfigurationFile.Load(file, environment ?? [], new Dictionary<string, string?>(), out var problems);
        return problems;
    }
}
