using Garam.Mqtt.Broker;
using Garam.Mqtt.Tests.Packets;
using Garam.Mqtt.Tests.Wire;
using Microsoft.Extensions.Logging;

namespace Garam.Mqtt.Tests.Broker;

/// <summary>What no client would send; alone, because memory and lost exceptions are those of the process.</summary>
[Collection(nameof(Alone))]
public sealed class Malformed_Tests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("3003000000", 0x82)] // PUBLISH without topic and alias
    [InlineData("3006000261000078", 0x81)] // U+0000 in the topic
    [InlineData("30060002C0800078", 0x81)] // overlong form
    [InlineData("30070003EDA0800078", 0x81)] // surrogate
    [InlineData("30050001230078", 0x90)] // "#" in the topic
    [InlineData("3605000161000100", 0x81)] // QoS 3
    [InlineData("3805000161000078", 0x81)] // QoS 0 with DUP
    [InlineData("320500016100000078", 0x82)] // packet identifier zero
    [InlineData("3004000A6100", 0x81)] // topic longer than the packet
    [InlineData("30FFFFFFFFFF", 0x81)] // remaining length of five bytes
    [InlineData("30FFFFFF7F", 0x95)] // remaining length of 256 MiB
    [InlineData("80080001000001610100", 0x81)] // SUBSCRIBE with the wrong flags
    [InlineData("8203000100", 0x82)] // SUBSCRIBE without filter
    [InlineData("8207000100000161FF", 0x81)] // reserved subscription options
    [InlineData("A203000100", 0x82)] // UNSUBSCRIBE without filter
    [InlineData("6003000100", 0x81)] // PUBREL with the wrong flags
    [InlineData("C00100", 0x81)] // PINGREQ with a body
    [InlineData("D000", 0x82)] // PINGRESP from a client
    [InlineData("20020000", 0x82)] // CONNACK from a client
    [InlineData("F000", 0x82)] // AUTH without a method
    [InlineData("0000", 0x81)] // the reserved type
    public async Task What_breaks_the_rules_gets_the_specifications_answer(string hex, int reason)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = await RawClient.ConnectAsync(host, "a");
        await client.SendAsync(Convert.FromHexString(hex));
        await client.ExpectDisconnectAsync(reason);
        await using var next = await RawClient.ConnectAsync(host, "b", 4);
        await next.SendAsync(Convert.FromHexString("0000"));
        (await next.TryReadAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("3000")]
    [InlineData("474554202F20485454502F312E310D0A0D0A")] // GET / HTTP/1.1
    [InlineData("10FFFFFFFF")]
    public async Task What_is_no_connect_is_closed_without_an_answer(string hex)
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = RawClient.Open(host);
        await client.SendAsync(Convert.FromHexString(hex));
        (await client.TryReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Packets_arrive_in_any_pieces()
    {
        await using var host = await BrokerHost.StartAsync();
        await using var client = RawClient.Open(host);
        byte[] bytes = [.. Bytes.Connect("a"), .. Bytes.Subscribe(1, "t", 1), .. Bytes.Publish("t", new string('x', 300), 1, 2)];
        foreach (var b in bytes)
            await client.SendAsync([b]);
        (await client.ReadAsync()).Type.ShouldBe(2);
        (await client.ReadAsync()).Type.ShouldBe(9);
        (await client.DrainPublishesAsync()).Single().Text.Length.ShouldBe(300);
    }

    [Fact]
    public async Task Hostile_streams_leave_the_broker_serving_without_a_line_in_the_log()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var log = new CountingLogger();
        var unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> onUnobserved = (_, e) =>
        {
            if (e.Exception.ToString().Contains("Garam.Mqtt", StringComparison.Ordinal))
                Interlocked.Increment(ref unobserved);
        };
        // Tasks that other tests have left are told of before.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException += onUnobserved;
        await using var host = await BrokerHost.StartAsync(logger: log);
        long before = 0;
        for (var round = 0; round < 4; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => AttackAsync(host, new Random(seed + round * 100 + worker))));
            await Eventually.ShouldAsync(() => host.Broker.Counters.Connections == 0, "all attackers are gone");
            if (round == 0)
                before = GC.GetTotalMemory(forceFullCollection: true);
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= onUnobserved;
        output.WriteLine($"memory {before} to {after}; ended: {string.Join(' ', host.Broker.Counters.ProtocolErrors)}");
        await using var client = await RawClient.ConnectAsync(host, "still here");
        await client.PublishAsync("t", "x", 2);
        log.Lines.ShouldBe(0);
        unobserved.ShouldBe(0);
        (after - before).ShouldBeLessThan(20_000_000);
    }

    private static async Task AttackAsync(BrokerHost host, Random random)
    {
        for (var i = 0; i < 40; i++)
        {
            await using var client = RawClient.Open(host);
            try
            {
                var version = random.Next(4, 6);
                var connect = Bytes.Connect("attacker" + random.Next(4), version, random.Next(2) == 0);
                await client.SendAsync(random.Next(5) == 0 ? Decoder_Fuzz_Tests.Mutate(random, connect) : connect);
                for (var n = 0; n < 20; n++)
                {
                    byte[][] packets =
                    [
                        Bytes.Publish("t/" + random.Next(5), "x", random.Next(3), random.Next(1, 9), random.Next(2) == 0, false, version),
                        Bytes.Subscribe(1, "t/#", 2, version), Bytes.Unsubscribe(2, "t/#", version), Bytes.Pubrel(random.Next(1, 9)),
                        Bytes.Puback(random.Next(1, 9)), Bytes.Pubrec(random.Next(1, 9)), Bytes.Pubcomp(random.Next(1, 9)), [0xC0, 0],
                    ];
                    var packet = packets[random.Next(packets.Length)];
                    await client.SendAsync(random.Next(8) == 0 ? Decoder_Fuzz_Tests.Mutate(random, packet) : packet);
                }

                if (random.Next(2) == 0)
                    client.Kill();
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException)
            {
                // The broker has closed: the usual end of an attacker.
            }
        }
    }

    private sealed class CountingLogger : ILogger
    {
        private int lines;

        public int Lines => lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Interlocked.Increment(ref lines);
    }
}
