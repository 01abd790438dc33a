using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Garam.Mqtt.Client;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Persistence;
using Garam.Mqtt.Retained;
using Garam.Mqtt.Sessions;
using Garam.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace Garam.Mqtt.Broker;

/// <summary>
/// An MQTT 3.1.1 and 5.0 broker. What it promises:
/// <list type="bullet">
/// <item>PUBACK and PUBREC leave only after <see cref="IPublishGate.WaitDurableAsync"/> confirmed the message, in the order the
/// messages came; a message the gate refused or lost is never acknowledged as accepted;</item>
/// <item>a QoS 2 message enters the gate once per session, however often it is redelivered;</item>
/// <item>every accepted message goes to the sessions subscribed at that moment; what does not fit their bounded queues is dropped
/// and counted; a slow subscriber slows nobody;</item>
/// <item>with a state folder, retained messages and sessions that were acknowledged longer than
/// <see cref="MqttOptions.StateFlushInterval"/> ago survive a killed process or a power cut.</item>
/// </list>
/// Thread-safe. <see cref="Start"/> before serving, <see cref="DisposeAsync"/> after the endpoints have stopped accepting.
/// </summary>
public sealed class MqttBroker : IAsyncDisposable
{
    // Half-open sockets may stand above the limit for the connect timeout, but not without bound.
    private const int HalfOpenMax = 1024;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<MqttConnection, byte> connections = new();
    private readonly SysTopics sysTopics;
    private readonly StateKeeper? state;
    private ITimer? ticker;
    private int isTicking;
    private volatile bool isStopping;

    /// <param name="options">Limits; invalid ones throw with all errors.</param>
    /// <param name="access">Who may do what.</param>
    /// <param name="gate">Where publications go before they are acknowledged.</param>
    /// <param name="time">The clock of every timeout and expiry.</param>
    /// <param name="logger">Starts, stops and failures of the environment; never a line per packet.</param>
    public MqttBroker(MqttOptions options, IMqttAccess access, IPublishGate gate, TimeProvider time, ILogger logger)
    {
        var errors = options.Validate();
        if (errors.Count > 0)
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        Options = options;
        Access = access;
        Gate = gate;
        Time = time;
        Logger = logger;
        Retained = new RetainedStore(options.RetainedMessagesMax, options.RetainedBytesMax);
        Router = new MessageRouter(new SubscriptionTree(), Retained, Counters, time);
        Sessions = new SessionRegistry(options, Router.Tree, time, PublishWill);
        sysTopics = new SysTopics(this);
        if (options.StateFolder is { } folder)
            state = new StateKeeper(folder, options, Retained, Sessions, time, logger);
    }

    /// <summary>The limits in force.</summary>
    public MqttOptions Options { get; }

    /// <summary>What is counted, for metrics.</summary>
    public BrokerCounters Counters { get; } = new();

    /// <summary>Clients connected now.</summary>
    public int ConnectedClients => connections.Count;

    /// <summary>Sessions kept now, connected or not.</summary>
    public int SessionCount => Sessions.Count;

    /// <summary>Subscriptions of all sessions now.</summary>
    public int SubscriptionCount => Router.Tree.Count;

    /// <summary>Retained messages now, <c>$SYS</c> included.</summary>
    public int RetainedCount => Retained.Count;

    /// <summary>Bytes of retained messages now.</summary>
    public long RetainedBytes => Retained.Bytes;

    internal IMqttAccess Access { get; }

    internal IPublishGate Gate { get; }

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    internal RetainedStore Retained { get; }

    internal MessageRouter Router { get; }

    internal SessionRegistry Sessions { get; }

    /// <summary>Reads the state folder and begins the timers.</summary>
    /// <exception cref="IOException">The folder cannot be read or written, or is in use by another process.</exception>
    /// <exception cref="InvalidDataException">The state is of a newer version.</exception>
    public void Start()
    {
        state?.Load();
        if (Options.SysInterval > TimeSpan.Zero)
            sysTopics.Publish(Time.GetTimestamp(), 0);
        ticker = Time.CreateTimer(static broker => ((MqttBroker)broker!).OnTick(), this, Tick, Tick);
    }

    /// <summary>Serves one connection until it ends. Never throws for what a client does.</summary>
    /// <param name="transport">Bytes in and out; completed when this returns.</param>
    /// <param name="remote">Where it comes from, if known.</param>
    /// <param name="certificate">The client's TLS certificate, if it showed one.</param>
    /// <param name="closed">Fires when the transport is gone.</param>
    public async Task ServeAsync(IDuplexPipe transport, EndPoint? remote, X509Certificate2? certificate, CancellationToken closed)
    {
        try
        {
            if (Counters.ConnectionOpened() <= Options.ConnectionsMax + HalfOpenMax && !isStopping)
                await ServeCoreAsync(transport, remote, certificate, closed);
            else
                Counters.ConnectionRefused();
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client went away, or the connect timeout ran out: neither is worth a line.
        }
        finally
        {
            Counters.ConnectionClosed();
            await transport.Input.CompleteAsync();
            await transport.Output.CompleteAsync();
        }
    }

    /// <summary>Serves one WebSocket, accepted with subprotocol <c>mqtt</c>, until it ends.</summary>
    public async Task ServeWebSocketAsync(
        WebSocket socket, EndPoint? remote, X509Certificate2? certificate, CancellationToken closed)
    {
        var transport = new WebSocketTransport(socket);
        var serving = ServeAsync(transport, remote, certificate, closed);
        await transport.RunAsync(closed);
        await serving;
    }

    /// <summary>Publishes from inside the process: to subscribers and, with <paramref name="retain"/>, to the retained store; not through the gate.</summary>
    /// <exception cref="ArgumentException">The topic is no valid topic name.</exception>
    public void Publish(string topic, ReadOnlySpan<byte> payload, QualityOfService qos, bool retain) => Publish(topic, payload, qos, retain, null);

    /// <summary>The same with properties; those who speak MQTT 3.1.1 get the message without.</summary>
    /// <exception cref="ArgumentException">The topic is no valid topic name.</exception>
    public void Publish(string topic, ReadOnlySpan<byte> payload, QualityOfService qos, bool retain, MessageProperties? properties)
    {
        if (TopicName.Check(Encoding.UTF8.GetBytes(topic), 65_535, Options.TopicLevelsMax) != ReasonCode.Success)
            throw new ArgumentException($"'{topic}' is not a topic name.", nameof(topic));
        var block = new PacketBuffer();
        properties?.Write(block);
        Router.Route(topic, payload, block.Written, qos, retain, properties?.MessageExpirySeconds, null);
    }

    /// <summary>
    /// Subscribes from inside the process. Retained messages that match are handed over before this returns; dispose to end.
    /// </summary>
    /// <exception cref="ArgumentException">The filter is no valid topic filter, or a shared one.</exception>
    public IDisposable Subscribe(string filter, MessageHandler handler)
    {
        if (!TopicFilter.TryParse(filter, 65_535, Options.TopicLevelsMax, out var parsed) || parsed.ShareName is not null)
            throw new ArgumentException($"'{filter}' is not a topic filter.", nameof(filter));
        var subscription = new Subscription(filter, parsed) { Handler = handler, Qos = QualityOfService.ExactlyOnce };
        Router.Tree.Add(subscription);
        var found = new List<PublishedMessage>();
        Retained.Collect(parsed.Pattern, Time.GetUtcNow().ToUnixTimeMilliseconds(), found);
        foreach (var message in found)
        {
            handler(new InProcessMessage
            {
                Topic = message.Topic, Payload = message.Payload, Qos = message.Qos, Retain = true,
                Properties = new PublishProperties(message.Properties),
            });
            message.Release();
        }

        return new InProcessSubscription(Router.Tree, subscription);
    }

    /// <summary>Rights have changed: answers of <see cref="IMqttAccess.MayPublish"/> kept so far are asked again.</summary>
    public void ForgetPermissions()
    {
        foreach (var connection in connections.Keys)
            connection.ForgetPermissions();
    }

    /// <summary>Closes the client's connection if it has one. False: it has none.</summary>
    public bool Disconnect(string clientId, ReasonCode reason = ReasonCode.AdministrativeAction)
    {
        // One whose session was just let go may be here still, beside the one that has taken it over.
        var connection = connections.Keys.FirstOrDefault(c => c.Session.ClientId == clientId && !c.Ended.Task.IsCompleted);
        connection?.End(reason);
        return connection is not null;
    }

    /// <summary>Closes the connections of all sessions whose principal is one of these. Returns how many.</summary>
    public int Disconnect(Predicate<object?> principal, ReasonCode reason = ReasonCode.AdministrativeAction)
    {
        var ended = 0;
        foreach (var connection in connections.Keys.Where(c => principal(c.Session.Principal)))
        {
            connection.End(reason);
            ended++;
        }

        return ended;
    }

    /// <summary>Closes the client's connection and forgets its session. False: there was none.</summary>
    public Task<bool> EndSessionAsync(string clientId, CancellationToken cancellation) => Sessions.EndAsync(clientId, cancellation);

    /// <summary>Writes what has changed in retained messages and sessions to disk now.</summary>
    public void FlushState() => state?.Flush();

    /// <summary>Writes the whole state into a new file; it happens by itself when the file has grown.</summary>
    internal void RewriteState() => state?.Flush(isWhole: true);

    /// <summary>Ends all connections ("server shutting down"), writes the state and stops the timers.</summary>
    public async ValueTask DisposeAsync()
    {
        isStopping = true;
        if (ticker is not null)
            await ticker.DisposeAsync();
        foreach (var connection in connections.Keys)
            connection.End(ReasonCode.ServerShuttingDown);
        foreach (var connection in connections.Keys)
            await connection.Ended.Task;
        state?.Dispose();
        foreach (var session in Sessions.All)
            session.End();
    }

    private async Task ServeCoreAsync(IDuplexPipe transport, EndPoint? remote, X509Certificate2? certificate, CancellationToken closed)
    {
        var connection = await new ConnectHandshake(this, transport, remote, certificate).RunAsync(closed);
        if (connection is null)
            return;
        connections.TryAdd(connection, 0);
        Counters.ConnectionAccepted();
        try
        {
            if (isStopping)
                connection.End(ReasonCode.ServerShuttingDown);
            await connection.RunAsync();
            await connection.CloseAsync();
        }
        finally
        {
            connection.Output.Abandon();
            try
            {
                Sessions.LetGo(connection);
            }
            finally
            {
                // Not before its session is let go: who ends the broker waits for those that are here, and writes the state then.
                connections.TryRemove(connection, out _);
            }
        }
    }

    private void PublishWill(MqttSession session, WillPart will)
    {
        var topic = new MqttTopic(will.Topic, Encoding.UTF8.GetBytes(will.Topic));
        var receipt = Gate.Receive(new PublishArrival
        {
            Session = session, Topic = topic, Payload = will.Payload, Qos = will.Qos, Retain = will.Retain, IsWill = true,
            Properties = new PublishProperties(will.Properties),
        });
        // Nobody is left to hold back: what the gate does not take now is counted as refused.
        if (receipt.Reason < ReasonCode.UnspecifiedError && !receipt.IsLater)
            Router.Route(will.Topic, will.Payload, will.Properties, will.Qos, will.Retain, will.MessageExpiry, session);
        else
            Counters.PublishRefused();
    }

    private void OnTick()
    {
        if (isStopping || Interlocked.Exchange(ref isTicking, 1) != 0)
            return;
        try
        {
            var now = Time.GetTimestamp();
            foreach (var (connection, _) in connections)
                connection.CheckKeepAlive(now);
            sysTopics.PublishWhenDue(now);
            Retained.SweepWhenDue(Time.GetUtcNow().ToUnixTimeMilliseconds());
            state?.FlushWhenDue(now);
        }
        catch (IOException failure)
        {
            Logger.LogError(failure, "The MQTT state could not be written; it is kept in memory and tried again.");
        }
        finally
        {
            Volatile.Write(ref isTicking, 0);
        }
    }
}
