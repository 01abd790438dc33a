using Garam.Platform.Devices;
using Garam.Platform.Identity.Users;
using Garam.Platform.Ingress;

namespace Garam.Platform.Configuration;

/// <summary>
/// Everything that <c>garam.yaml</c> can say, with its defaults. Every key can be overridden by environment
/// (<c>GARAM__MQTT__PORT</c>) and the common ones by flags of <c>./garam up</c>.
/// </summary>
public sealed record GaramOptions
{
    /// <summary>The data folder: log, telemetry, registry, local packs.</summary>
    public string Data { get; set; } = "data";

    /// <summary>The address that all listeners bind. Anything but loopback demands credentials.</summary>
    public string Bind { get; set; } = "127.0.0.1";

    public HttpOptions Http { get; set; } = new();

    public MqttListenerOptions Mqtt { get; set; } = new();

    public TcpOptions Tcp { get; set; } = new();

    public PackOptions Packs { get; set; } = new();

    public RegistrationOptions Registration { get; set; } = new();

    public IngressOptions Ingress { get; set; } = new();

    public LogStoreOptions Log { get; set; } = new();

    public TelemetryOptions Telemetry { get; set; } = new();

    public PipelineOptions Pipeline { get; set; } = new();

    public DeadLetterOptions DeadLetters { get; set; } = new();

    public AlarmOptions Alarms { get; set; } = new();

    public IdentityOptions Identity { get; set; } = new();

    public NotificationOptions Notifications { get; set; } = new();

    /// <summary>True when all listeners are reachable from this machine only.</summary>
    public bool IsLoopback => System.Net.IPAddress.TryParse(Bind, out var address) && System.Net.IPAddress.IsLoopback(address);

    public bool OpenRegistration =>
        Registration.Mode == RegistrationMode.Open || (Registration.Mode == RegistrationMode.Auto && IsLoopback);

    /// <summary>What is wrong with the values, each with its key and what is allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (!System.Net.IPAddress.TryParse(Bind, out _))
            problems.Add($"bind: '{Bind}' is no IP address. Write 127.0.0.1, 0.0.0.0 or one of this machine's addresses.");
        Port("http.port", Http.Port);
        Port("mqtt.port", Mqtt.Port);
        Port("mqtt.tls_port", Mqtt.TlsPort);
        if (Http.Certificate is null != Http.Key is null)
            problems.Add("http.certificate and http.key belong together: give both PEM files, or neither.");
        // Without a certificate it would speak plain where devices expect TLS.
        if (Mqtt.TlsPort != 0 && (Http.Certificate is null || Http.Key is null))
            problems.Add("mqtt.tls_port: needs http.certificate and http.key.");
        Port("tcp.port", Tcp.Port);
        foreach (var listener in Tcp.Listeners)
        {
            Port("tcp.listeners.port", listener.Port);
            if (TcpFraming.TryParse(listener.Framing, out var framing) is { Length: > 0 } problem)
                problems.Add($"tcp.listeners.framing: {problem}");
            if (framing.FixedLength > Ingress.PayloadBytesMax)
            {
                problems.Add(
                    $"tcp.listeners.framing: frames of {framing.FixedLength} bytes are larger than ingress.payload_bytes_max, {Ingress.PayloadBytesMax}. "
                    + "Raise that, or use shorter frames.");
            }
        }

        Range("ingress.payload_bytes_max", Ingress.PayloadBytesMax, 1, 16 * 1024 * 1024);
        Range("ingress.request_bytes_max", Ingress.RequestBytesMax, 1, 1 << 30);
        Range("ingress.messages_per_second_per_device", Ingress.MessagesPerSecondPerDevice, 0, 10_000_000);
        Range("registration.devices_max", Registration.DevicesMax, 1, 10_000_000);
        Range("pipeline.lanes", Pipeline.Lanes, 0, 256);
        Range("pipeline.lag_max", Pipeline.LagMax, 1_000, 100_000_000);
        Range("pipeline.checkpoint_messages", Pipeline.CheckpointMessages, 1_000, 100_000_000);
        Range("pipeline.checkpoint_seconds", Pipeline.CheckpointSeconds, 1, 3_600);
        Range("pipeline.past_days", Pipeline.PastDays, 1, 36_500);
        Range("pipeline.future_minutes", Pipeline.FutureMinutes, 0, 525_600);
        Range("mqtt.connections_max", Mqtt.ConnectionsMax, 1, 1_000_000);
        Range("tcp.connections_max", Tcp.ConnectionsMax, 1, 1_000_000);
        Range("log.retain_days", Log.RetainDays, 1, 36_500);
        Range("log.retain_gigabytes", Log.RetainGigabytes, 1, 1_000_000);
        Range("log.reserve_megabytes", Log.ReserveMegabytes, 0, 1_000_000);
        Range("telemetry.retain_raw_days", Telemetry.RetainRawDays, 1, 36_500);
        Range("telemetry.retain_minutes_days", Telemetry.RetainMinutesDays, 1, 36_500);
        Range("telemetry.retain_hours_days", Telemetry.RetainHoursDays, 1, 36_500);
        Range("identity.session_hours", Identity.SessionHours, 1, 8_760);
        Range("identity.audit_retain_days", Identity.AuditRetainDays, 1, 36_500);
        Range("dead_letters.retain_days", DeadLetters.RetainDays, 1, 36_500);
        Range("dead_letters.entries_max", DeadLetters.EntriesMax, 100, 100_000_000);
        Range("alarms.retain_days", Alarms.RetainDays, 1, 36_500);
        Range("alarms.flap_raises", Alarms.FlapRaises, 2, 100);
        problems.AddRange(Alarms.Problems());
        foreach (var token in Identity.Tokens.Where(t => t.Token.Length < 16))
            problems.Add($"identity.tokens: the token of '{token.Name}' has {token.Token.Length} characters. Use at least 16 random ones, for example from `openssl rand -hex 24`.");
        foreach (var token in Identity.Tokens.Where(t => !RoleName.TryParse(t.Role, out _)))
            problems.Add($"identity.tokens: the role '{token.Role}' of '{token.Name}' does not exist. Use viewer, operator, engineer or administrator.");
        problems.AddRange(NotificationProblems.Of(Notifications));
        return problems;

        void Port(string key, int value) => Range(key, value, 0, 65_535);
        void Range(string key, long value, long min, long max)
        {
            if (value < min || value > max)
                problems.Add($"{key}: {value} is out of range. Use {min} to {max}.");
        }
    }
}
