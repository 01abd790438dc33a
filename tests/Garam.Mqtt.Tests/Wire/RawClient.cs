using System.Net.Sockets;

namespace Garam.Mqtt.Tests.Wire;

/// <summary>A client of bytes: sends what it is given and shows what comes, with a limit on every wait.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly NetworkStream stream;
    private readonly BufferedStream reader;
    private int nextId = 100;

    private RawClient(int port, int version)
    {
        socket.Connect("127.0.0.1", port);
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = new BufferedStream(stream, 65_536);
        Version = version;
    }

    public int Version { get; }

    public RawPacket Connack { get; private set; } = null!;

    public bool SessionPresent => Connack.Body[0] == 1;

    public RawProperties ConnackProperties
    {
        get
        {
            var at = 2;
            var length = RawProperties.ReadVariable(Connack.Body, ref at);
            return new RawProperties(Connack.Body.AsSpan(at, length));
        }
    }

    public static RawClient Open(BrokerHost host, int version = 5) => new(host.Port, version);

    /// <summary>Connects and expects to be let in.</summary>
    public static async Task<RawClient> ConnectAsync(
        BrokerHost host, string clientId, int version = 5, bool clean = true, int keepAlive = 0, byte[][]? properties = null,
        Bytes.Will? will = null)
    {
        var client = Open(host, version);
        await client.SendAsync(Bytes.Connect(clientId, version, clean, keepAlive, properties, will));
        client.Connack = await client.ReadAsync();
        client.Connack.Type.ShouldBe(2);
        client.Connack.Body[1].ShouldBe((byte)0);
        return client;
    }

    public async Task SendAsync(params byte[][] packets)
    {
        foreach (var packet in packets)
            await stream.WriteAsync(packet);
    }

    public async Task<RawPacket> ReadAsync() =>
        await TryReadAsync() ?? throw new EndOfStreamException("The server closed the connection.");

    /// <summary>Null when the server has closed.</summary>
    public async Task<RawPacket?> TryReadAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var one = new byte[1];
            if (await reader.ReadAsync(one, limit.Token) == 0)
                return null;
            var first = one[0];
            var length = 0;
            for (var shift = 0; ; shift += 7)
            {
                await reader.ReadExactlyAsync(one, limit.Token);
                length |= (one[0] & 127) << shift;
                if (one[0] < 128)
                    break;
            }

            var body = new byte[length];
            await reader.ReadExactlyAsync(body, limit.Token);
            return new RawPacket(first, body);
        }
        catch (IOException)
        {
            return null; // reset
        }
    }

    public async Task<RawPublish> ReadPublishAsync() => RawPublish.Parse(await ReadAsync(), Version == 5);

    /// <summary>Expects DISCONNECT with this reason, then the end.</summary>
    public async Task ExpectDisconnectAsync(int reason)
    {
        RawPacket packet;
        do
            packet = await ReadAsync();
        while (packet.Type is 4 or 5); // acknowledgements before the offence
        packet.Type.ShouldBe(14, packet.Hex);
        packet.Body[0].ShouldBe((byte)reason, packet.Hex);
        (await TryReadAsync()).ShouldBeNull();
    }

    /// <summary>
    /// Everything the server had for us until now. Control packets overtake messages within one flush, so it takes the second
    /// PINGRESP to know that nothing is left.
    /// </summary>
    public async Task<List<RawPacket>> DrainAsync()
    {
        var packets = new List<RawPacket>();
        for (var i = 0; i < 2; i++)
        {
            await SendAsync([0xC0, 0]);
            RawPacket packet;
            while ((packet = await ReadAsync()).Type != 13)
                packets.Add(packet);
        }

        return packets;
    }

    public async Task<List<RawPublish>> DrainPublishesAsync() =>
        [.. (await DrainAsync()).Where(p => p.Type == 3).Select(p => RawPublish.Parse(p, Version == 5))];

    /// <summary>Subscribes one filter and returns the reason code.</summary>
    public async Task<int> SubscribeAsync(string filter, int options = 2, int identifier = 0)
    {
        await SendAsync(Bytes.Subscribe(++nextId, filter, options, Version, identifier));
        var packet = await ReadAsync();
        packet.Type.ShouldBe(9, packet.Hex);
        return packet.Body[^1];
    }

    /// <summary>Publishes and completes the exchange; nothing else may arrive meanwhile.</summary>
    public async Task PublishAsync(string topic, string payload, int qos = 1, bool retain = false, params byte[][] properties)
    {
        var id = qos == 0 ? 0 : ++nextId;
        await SendAsync(Bytes.Publish(topic, payload, qos, id, retain, false, Version, properties));
        if (qos == 0)
        {
            await SendAsync([0xC0, 0]);
            (await ReadAsync()).Type.ShouldBe(13);
            return;
        }

        var answer = await ReadAsync();
        answer.Type.ShouldBe(qos == 1 ? 4 : 5, answer.Hex);
        if (qos == 1)
            return;
        await SendAsync(Bytes.Pubrel(id));
        (await ReadAsync()).Type.ShouldBe(7);
    }

    /// <summary>Says goodbye and waits for the server to close.</summary>
    public async Task DisconnectAsync(int reason = 0, params byte[][] properties)
    {
        await SendAsync(Version == 5 ? Bytes.Disconnect(reason, properties) : [0xE0, 0]);
        while (await TryReadAsync() is not null)
        {
        }
    }

    /// <summary>Breaks the line without a word.</summary>
    public void Kill() => socket.Close(0);

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await stream.DisposeAsync();
    }
}
