using System.Net;
using System.Text;
using System.Text.Json;

namespace Garam.EndToEnd;

/// <summary>NDJSON batches without a time: the server's receive time keeps them apart.</summary>
internal sealed class HttpWriter(string device) : Writer(device)
{
    private const int Batch = 50;

    protected override async Task SendAsync(GaramProcess garam, CancellationToken stop)
    {
        using var http = new HttpClient();
        while (!stop.IsCancellationRequested)
        {
            var numbers = Enumerable.Range(0, Batch).Select(_ => Next()).ToList();
            var lines = string.Join('\n', numbers.Select(n => $$$"""{"deviceId":"{{{Device}}}","payload":{"seq":{{{n}}}}}"""));
            using var body = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
            using var answer = await http.PostAsync($"{garam.Url}/api/v1/ingest", body, stop);
            if (answer.StatusCode != HttpStatusCode.Accepted)
            {
                answer.StatusCode.ShouldBeOneOf(HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable);
                return;
            }

            var accepted = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(stop)).GetProperty("accepted").GetInt32();
            accepted.ShouldBe(Batch);
            numbers.ForEach(Acknowledge);
        }
    }
}
