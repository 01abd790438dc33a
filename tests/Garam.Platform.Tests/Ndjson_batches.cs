using System.Text;
using Garam.Log;

namespace Garam.Platform.Tests;

/// <summary><c>POST /api/v1/ingest</c>: many messages in one request.</summary>
public sealed class Ndjson_batches : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly DurableLog _log;
    private readonly GaramOptions _options = new() { Ingress = new IngressOptions { PayloadBytesMax = 100 } };
    private readonly LogGate _gate;

    public Ndjson_batches()
    {
        _log = DurableLog.Open(_folder.File("log"), new LogOptions { FreeBytesReserve = 0 });
        _gate = new LogGate(_log, new PipelineProgress(() => 0, 0), new DisabledDevices(), _options, _time);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("""{"deviceId":"a","payload":{"t": 1.50,"x":[1, 2]}}""", """{"t": 1.50,"x":[1, 2]}""")]
    [InlineData("""{"payload":[1, 2],"deviceId":"a"}""", "[1, 2]")]
    [InlineData("""{"deviceId":"a","payload":12.50}""", "12.50")]
    [InlineData("""{"deviceId":"a","payload":"0x00FA"}""", "0x00FA")]
    [InlineData("""{"deviceId":"a","payload":"1,\"온도\"\n2"}""", "1,\"온도\"\n2")]
    [InlineData("""{"more":{"deviceId":"b"},"deviceId":"a","payload":1}""", "1")]
    [InlineData("""  {"deviceId":"a","payload":1}  """, "1")]
    public void The_payload_is_logged_as_it_stands_in_the_line(string line, string payload)
    {
        Send(line).Rejected.ShouldBeEmpty();

        Logged().ShouldBe([$"a -1 - {payload}"]);
    }

    [Fact]
    public void Port_and_product_go_with_the_message()
    {
        Send("""{"deviceId":"a","product":"p","port":85,"payload":1}""");

        Logged().ShouldBe(["a 85 p 1"]);
    }

    [Fact]
    public void Good_lines_are_taken_beside_bad_ones_which_are_told_by_number()
    {
        var batch = Send("{\"deviceId\":\"a\",\"payload\":1}\n\nnonsense\r\n{\"deviceId\":\"b\",\"payload\":2}\r\n");

        batch.Accepted.ShouldBe(2);
        batch.Rejected.Single().Line.ShouldBe(3);
        Logged().ShouldBe(["a -1 - 1", "b -1 - 2"]);
    }

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"deviceId\":\"a\",\"payload\":1", "not JSON")]
    [InlineData("{\"deviceId\":\"a\",\"payload\":1} rest", "not JSON")]
    [InlineData("{\"deviceId\":\"a\",\"payload\":1}{}", "not JSON")]
    [InlineData("{\"payload\":1}", "deviceId: a device id must not be empty")]
    [InlineData("{\"deviceId\":5,\"payload\":1}", "deviceId must be a text")]
    [InlineData("{\"deviceId\":{\"a\":1},\"payload\":1}", "deviceId must be a text")]
    [InlineData("{\"deviceId\":\"a\",\"product\":5,\"payload\":1}", "product must be a text")]
    [InlineData("{\"deviceId\":\"a\",\"port\":\"x\",\"payload\":1}", "port must be a number")]
    [InlineData("{\"deviceId\":\"a\",\"port\":-3,\"payload\":1}", "port must be a number")]
    [InlineData("{\"deviceId\":\"a b\",\"payload\":1}", "deviceId: a device id holds no blanks")]
    [InlineData("{\"deviceId\":\"a\"}", "payload is missing or empty")]
    [InlineData("{\"deviceId\":\"a\",\"payload\":\"\"}", "payload is missing or empty")]
    [InlineData("{\"deviceId\":\"\\ud800\",\"payload\":1}", "not valid UTF-8")]
    public void A_line_that_is_wrong_says_why(string line, string reason)
    {
        var batch = Send(line);

        batch.Rejected.Single().Reason.ShouldContain(reason);
        _gate.Counters[Protocol.Http, IngressResult.Invalid].ShouldBe(1);
        Logged().ShouldBeEmpty();
    }

    [Fact]
    public void A_payload_over_the_limit_is_not_taken()
    {
        Send($$"""{"deviceId":"a","payload":"{{new string('x', 101)}}"}""").Rejected.Single().Reason.ShouldContain("more than 100 bytes");

        _gate.Counters[Protocol.Http, IngressResult.TooLarge].ShouldBe(1);
    }

    [Fact]
    public void Who_may_not_send_for_a_device_is_told()
    {
        var batch = new NdjsonBatch(_gate, new HttpSources(_gate), new Principal("v", Role.Viewer), "{\"deviceId\":\"a\",\"payload\":1}"u8.ToArray());
        batch.AppendLines();

        batch.Rejected.Single().Reason.ShouldContain("'v' may not send for 'a'");
        _gate.Counters[Protocol.Http, IngressResult.Unauthorized].ShouldBe(1);
    }

    [Fact]
    public void A_device_over_its_rate_is_told_line_by_line()
    {
        _options.Ingress.MessagesPerSecondPerDevice = 2;
        var batch = Send(string.Join('\n', Enumerable.Repeat("""{"deviceId":"a","payload":1}""", 5).Append("""{"deviceId":"b","payload":1}""")));

        batch.Accepted.ShouldBe(3);
        batch.Rejected.Select(r => r.Line).ShouldBe([3, 4, 5]);
        _gate.Counters[Protocol.Http, IngressResult.RateLimited].ShouldBe(3);
    }

    [Fact]
    public void Reasons_are_bounded_and_the_rest_is_counted()
    {
        Send(string.Join('\n', Enumerable.Repeat("x", 1_500))).Rejected.Count.ShouldBe(1_000);

        _gate.Counters[Protocol.Http, IngressResult.Invalid].ShouldBe(1_500);
    }

    [Fact]
    public void Random_lines_never_throw()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] parts = ["{", "}", "\"deviceId\"", "\"payload\"", "\"port\"", "\"product\"", ":", ",", "\"a\"", "1", "[", "]", "null", "true", "\\", "\n", "\"", "1e9", "\ud83d"];
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => parts[random.Next(parts.Length)]));
            Should.NotThrow(() => Send(text), $"seed {seed}: {text}");
        }
    }

    private NdjsonBatch Send(string text)
    {
        var batch = new NdjsonBatch(_gate, new HttpSources(_gate), Principal.Local, Encoding.UTF8.GetBytes(text));
        batch.AppendLines().ShouldBeTrue();
        return batch;
    }

    private List<string> Logged()
    {
        if (_log.Next.Value == 0)
            return [];
        _log.WaitDurableAsync(new LogPosition(_log.Next.Value - 1), Until.Token).AsTask().GetAwaiter().GetResult();
        using var reader = _log.OpenReader(LogPosition.Zero);
        var block = new LogBlock();
        var found = new List<string>();
        while (reader.Read(block) > 0)
        {
            for (var i = 0; i < block.Count; i++)
            {
                RawRecord.TryRead(block[i], out var raw).ShouldBeTrue();
                found.Add($"{RawRecord.Text(raw.Device)} {raw.Port} {(raw.Product.IsEmpty ? "-" : RawRecord.Text(raw.Product))} {RawRecord.Text(raw.Payload)}");
            }
        }

        return found;
    }
}
