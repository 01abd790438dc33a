using System.Net;
using Garam.Platform.Configuration;

namespace Garam.Hosting;

/// <summary>What <c>up</c> prints: where it listens, and first lines to try.</summary>
internal static class Greeting
{
    public static void Write(NodeHost host, GaramOptions options)
    {
        var http = host.EndPoints[0];
        var mqtt = host.EndPoints[1];
        var tcp = host.EndPoints[^(1 + options.Tcp.Listeners.Count)];
        var tls = options.Mqtt.TlsPort == 0 ? "" : $"\n  MQTTS mqtts://{Reachable(host.EndPoints[2])}:{host.EndPoints[2].Port}";
        var scheme = options.Http.Certificate is null ? "http" : "https";
        var web = $"{scheme}://{Reachable(http)}:{http.Port}";
        var packs = host.Node.Packs.Current;
        Console.WriteLine($"""
            Garam is running. Data: {host.Node.Folder.Path}. Packs: {string.Join(", ", packs.Packs)} ({packs.Products.Count} products).

              Open  {web}/    in a browser: the dashboard

              HTTP  {web}    (REST /api/v1, OpenAPI /openapi/v1.json, /metrics, /readyz)
              MQTT  mqtt://{Reachable(mqtt)}:{mqtt.Port}{tls}
              TCP   {Reachable(tcp)}:{tcp.Port}

            Send a first reading, and read it back:

              curl -s '{web}/api/v1/ingest/sensor-01?product=json' -d '{Example}'
              mosquitto_pub -p {mqtt.Port} -q 1 -t devices/sensor-01/telemetry -m '{Example}'
              ./garam query sensor-01 temperature{(http.Port == 8080 ? "" : $" --url {web}")}

            Ctrl-C stops it.
            """);
        if (host.Node.Guard.NeedsSetup)
            Console.WriteLine(FirstAdministrator(host, web));
    }

    /// <summary>Nobody can sign in yet: the one who started the program can make the first user.</summary>
    private static string FirstAdministrator(NodeHost host, string web) =>
        $"""

        Nobody can sign in yet. Make the first administrator at {web}/setup with the setup token {host.Node.Credentials.Setup.Text}
        or by `./garam user add NAME --role administrator --data {host.Node.Folder.Path}`.
        """;

    private const string Example = """{"temperature":25.5,"humidity":60}""";

    private static string Reachable(IPEndPoint point) =>
        point.Address.Equals(IPAddress.Any) || point.Address.Equals(IPAddress.IPv6Any) ? Environment.MachineName
            : point.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{point.Address}]" : point.Address.ToString();
}
