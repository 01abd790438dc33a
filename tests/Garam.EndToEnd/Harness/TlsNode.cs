using System.Globalization;

namespace Garam.EndToEnd;

/// <summary>One node with a certificate of its own making for all tests of a class, which demands credentials.</summary>
public sealed class TlsNode : IAsyncLifetime
{
    private const string Token = "an-administrators-token-for-tests";

    private readonly TemporaryFolder _folder = new();

    internal GaramProcess Process { get; private set; } = null!;

    /// <summary>PEM file of the certificate.</summary>
    internal string Certificate { get; private set; } = "";

    /// <summary>Of MQTT over TLS.</summary>
    internal int MqttsPort { get; } = Tls.FreePort();

    public async ValueTask InitializeAsync()
    {
        (Certificate, var key) = Tls.MakeCertificate(_folder["tls"]);
        Process = await GaramProcess.StartAsync(_folder["data"], new Dictionary<string, string>
        {
            ["GARAM__HTTP__CERTIFICATE"] = Certificate,
            ["GARAM__HTTP__KEY"] = key,
            ["GARAM__MQTT__TLS_PORT"] = MqttsPort.ToString(CultureInfo.InvariantCulture),
            ["GARAM__IDENTITY__TOKENS__0__NAME"] = "tests",
            ["GARAM__IDENTITY__TOKENS__0__TOKEN"] = Token,
            ["GARAM__IDENTITY__TOKENS__0__ROLE"] = "administrator",
        }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A new device; returns its token.</summary>
    internal async Task<string> AddDeviceAsync(string id)
    {
        await Process.Api.PutDeviceAsync(id, "json");
        return (await Process.Api.PostAsync($"/api/v1/devices/{id}/token", "")).GetProperty("token").GetString()!;
    }
}
