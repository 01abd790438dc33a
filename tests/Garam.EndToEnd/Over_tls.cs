using System.Net;
using System.Net.Security;
using System.Text.RegularExpressions;
using Garam.Mqtt.Client;

namespace Garam.EndToEnd;

/// <summary>A node with a certificate: pages and REST over HTTPS, MQTT over TLS, and nothing in clear at those ports.</summary>
public sealed partial class Over_tls(TlsNode node) : IClassFixture<TlsNode>
{
    private const string Password = "correct horse battery staple 9";

    private readonly GaramProcess _garam = node.Process;

    [Fact]
    public async Task A_person_signs_in_and_every_cookie_is_for_https_alone()
    {
        using var put = await _garam.Api.PutAsync("/api/v1/users/anna", $$"""{"password":"{{Password}}","role":"viewer"}""");
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        handler.SslOptions.CertificateChainPolicy = Tls.Trusting(node.Certificate);
        using var browser = new HttpClient(handler) { BaseAddress = new Uri(_garam.Url) };

        using var page = await browser.GetAsync("/sign-in?returnUrl=%2Falarms");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        CookiesShouldBeSecure(page);
        var forgery = ForgeryToken().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value;
        using var signedIn = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = "anna", ["password"] = Password, ["returnUrl"] = "/alarms", ["__RequestVerificationToken"] = forgery,
        }));
        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        signedIn.Headers.Location!.ToString().ShouldBe("/alarms");
        CookiesShouldBeSecure(signedIn);
        (await browser.GetStringAsync("/alarms")).ShouldContain("</html>");
        handler.CookieContainer.GetCookies(new Uri($"http://127.0.0.1:{_garam.HttpPort}/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_served_in_clear_at_the_port_of_https()
    {
        using var plain = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(() => plain.GetAsync(new Uri($"http://127.0.0.1:{_garam.HttpPort}/readyz")));
        using var strict = new HttpClient { BaseAddress = new Uri(_garam.Url) };
        (await Should.ThrowAsync<HttpRequestException>(() => strict.GetAsync("/readyz"))).HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
    }

    [Fact]
    public async Task Mosquitto_publishes_over_TLS_with_the_devices_token_and_trusts_this_certificate_only()
    {
        using var folder = new TemporaryFolder();
        var token = await node.AddDeviceAsync("boiler-7");
        Assert.SkipUnless(Command.Exists("mosquitto_pub"), "mosquitto_pub is not installed (package mosquitto-clients)");
        string[] message = ["-h", "127.0.0.1", "-p", $"{node.MqttsPort}", "-q", "1", "-u", "boiler-7", "-P", token, "-t", "devices/boiler-7/telemetry", "-m", """{"pressure":6.25}"""];
        var sent = await Command.RunAsync("mosquitto_pub", [.. message, "--cafile", node.Certificate]);
        sent.ExitCode.ShouldBe(0, sent.ToString());
        await _garam.Api.ShouldReadAsync("boiler-7", "pressure", "6.25");

        var (other, _) = Tls.MakeCertificate(folder["other"]);
        (await Command.RunAsync("mosquitto_pub", [.. message, "--cafile", other])).ExitCode.ShouldNotBe(0);
        (await Command.RunAsync("mosquitto_pub", message)).ExitCode.ShouldNotBe(0, "in clear");
        (await Command.RunAsync("mosquitto_pub", [.. message, "--cafile", node.Certificate, "-P", "wrong"])).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_device_whose_token_is_revoked_is_disconnected_at_once_and_stays_outside()
    {
        var token = await node.AddDeviceAsync("boiler-8");
        await using var device = new MqttClient(new MqttClientOptions
        {
            Port = node.MqttsPort, ClientId = "boiler-8", UserName = "boiler-8", Password = System.Text.Encoding.UTF8.GetBytes(token), SessionExpiry = TimeSpan.Zero,
            Tls = new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = Tls.Trusting(node.Certificate) },
            ReconnectDelay = TimeSpan.FromMinutes(10), ReconnectDelayMax = TimeSpan.FromMinutes(10),
        });
        await device.ConnectAsync();
        using var revoked = await _garam.Api.Http.DeleteAsync("/api/v1/devices/boiler-8/token");
        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Until.TrueAsync(() => !device.IsConnected, "the device is disconnected");
        await Should.ThrowAsync<Exception>(() => Mqtt.ConnectAsync(_garam.MqttPort, "boiler-8", "boiler-8", token));
    }

    [Fact]
    public async Task A_port_for_TLS_without_a_certificate_is_refused_at_the_start()
    {
        using var folder = new TemporaryFolder();
        var up = await Command.GaramAsync(["up", "--data", folder["none"], "--http", "0", "--mqtt", "0", "--tcp", "0", "--no-demo"],
            environment: new Dictionary<string, string> { ["GARAM__MQTT__TLS_PORT"] = "18883" });
        up.ExitCode.ShouldNotBe(0);
        up.ToString().ShouldContain("mqtt.tls_port: needs http.certificate and http.key");
    }

    private static void CookiesShouldBeSecure(HttpResponseMessage answer)
    {
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var values) ? values.ToList() : [];
        cookies.ShouldNotBeEmpty();
        cookies.Where(c => !c.Contains("; secure", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"")]
    private static partial Regex ForgeryToken();
}
