using System.Diagnostics.Metrics;
using Garam.Mqtt.Broker;
using Garam.Log;
using Garam.Platform.Alarms;
using Garam.Platform.DeadLetters;
using Garam.Platform.Detection;
using Garam.Platform.Ingress;
using Garam.Platform.Notifications;
using Garam.Platform.Pipeline;
using Garam.Platform.Rest;

namespace Garam.Platform.Observability;

/// <summary>The platform's metrics (docs/reference/metrics.md). Everything but the histograms is read only when somebody asks.</summary>
public sealed class GaramMeter : IDisposable
{
    public const string Name = "Garam";

    private readonly Meter _meter = new(Name);

    public GaramMeter()
    {
        AppendSeconds = _meter.CreateHistogram<double>("garam_log_append_seconds", "s", "Time to write and sync one group of the raw log.");
        AlarmsRaised = _meter.CreateCounter<long>("garam_alarms_total", description: "Alarms raised, by severity and product.");
        AlarmSeconds = _meter.CreateHistogram<double>("garam_alarm_latency_seconds", "s", "Receipt of the message that raises an alarm to the alarm being committed and on the event stream.");
        PipelineSeconds = _meter.CreateHistogram<double>("garam_pipeline_latency_seconds", "s", "Receive to stored, of the newest message of each block.");
    }

    /// <summary>Alarms raised, by severity and product; a product that nobody registered has none.</summary>
    public Counter<long> AlarmsRaised { get; }

    public Histogram<double> AlarmSeconds { get; }

    /// <summary>Duration of each group commit.</summary>
    public Histogram<double> AppendSeconds { get; }

    public Histogram<double> PipelineSeconds { get; }

    /// <summary>Publishes the figures of the parts.</summary>
    internal void Observe(LogGate gate, DurableLog log, Pipeline.Pipeline pipeline, BrokerCounters broker, ConnectionLimit tcp)
    {
        _meter.CreateObservableCounter("garam_ingress_messages_total", () => Ingress(gate.Counters), description: "Messages at the door by protocol and result.");
        _meter.CreateObservableGauge("garam_log_lag_messages", () => pipeline.Progress.Lag, description: "Messages received and not yet stored.");
        _meter.CreateObservableGauge("garam_log_bytes", () => log.Bytes, description: "Bytes of the raw log on disk.");
        _meter.CreateObservableCounter("garam_log_flushes_total", () => log.Figures.Flushes, description: "Group commits.");
        _meter.CreateObservableCounter("garam_pipeline_messages_total", () => Stages(pipeline), description: "Messages by stage and result.");
        _meter.CreateObservableCounter("garam_samples_total", () => pipeline.Counters.SamplesStored, description: "Samples stored.");
        _meter.CreateObservableCounter("garam_dead_letters_total", () => Dead(pipeline.Counters), description: "Dead letters by reason since start.");
        _meter.CreateObservableGauge("garam_ledger_messages", () => LedgerOf(pipeline), description: "Messages by state; their sum is what was received.");
        _meter.CreateObservableGauge("garam_ledger_remainder", () => pipeline.Ledger.Remainder, description: "Messages that the ledger misses; anything but 0 is a defect.");
        _meter.CreateObservableGauge("garam_mqtt_connections", () => broker.Connections, description: "Open MQTT connections.");
        _meter.CreateObservableCounter("garam_mqtt_messages_total", () => Mqtt(broker), description: "PUBLISH packets by direction.");
        _meter.CreateObservableCounter("garam_mqtt_dropped_total", () => Dropped(broker), description: "Messages not delivered to a subscriber, by reason.");
        _meter.CreateObservableGauge("garam_tcp_connections", () => tcp.Open, description: "Open TCP ingress connections.");
    }

    /// <summary>Publishes what detection keeps.</summary>
    internal void Observe(Func<DetectionFigures> detection)
    {
        _meter.CreateObservableGauge("garam_detection_devices", () => detection().Devices, description: "Devices that rules or derivations look at.");
        _meter.CreateObservableGauge("garam_detection_window_bytes", () => detection().WindowBytes, description: "Bytes of the windows of all devices, measured every 15 s.");
        _meter.CreateObservableCounter("garam_detection_late_readings_total", () => detection().LateReadings, description: "Readings that came too late to count in a window.");
    }

    /// <summary>Publishes the figures of the alarms.</summary>
    internal void Observe(AlarmDesk alarms, TimeProvider time)
    {
        _meter.CreateObservableGauge("garam_alarms_open", () => alarms.Open, description: "Alarms that are raised or acknowledged.");
        _meter.CreateObservableCounter("garam_alarm_signals_refused_total", () => alarms.Refused, description: "Signals of detection that could not become alarms; anything but 0 is a defect.");
        alarms.RaisedObserved = (alarm, receivedUs) =>
        {
            AlarmsRaised.Add(1, new("severity", AlarmNames.Of(alarm.Severity)), new("product", alarm.ProductId));
            // A silence is raised by no message, and one that is read again after a restart was received long ago.
            if (receivedUs > 0)
                AlarmSeconds.Record(Math.Max(0, (TimeParameter.ToUs(time.GetUtcNow()) - receivedUs) / 1e6));
        };
    }

    /// <summary>Publishes the figures of the notifications.</summary>
    internal void Observe(NotificationDispatch notifications)
    {
        _meter.CreateObservableCounter(
            "garam_notifications_total",
            () => notifications.Results().Select(r => new Measurement<long>(r.Count, new("channel", r.Channel), new KeyValuePair<string, object?>("result", r.Result))),
            description: "Notifications by channel and result.");
        _meter.CreateObservableCounter(
            "garam_notification_messages_total", () => notifications.Levels().Select(l => OfChannel(l.Messages, l.Channel)),
            description: "Messages sent by channel; a digest is one.");
        _meter.CreateObservableGauge(
            "garam_notifications_waiting", () => notifications.Levels().Select(l => OfChannel(l.Waiting, l.Channel)), description: "Notifications not sent yet.");

        static Measurement<long> OfChannel(long count, string channel) => new(count, new KeyValuePair<string, object?>("channel", channel));
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Ingress(IngressCounters counters)
    {
        foreach (var protocol in Enum.GetValues<Protocol>())
        {
            foreach (var result in Enum.GetValues<IngressResult>())
            {
                if (counters[protocol, result] is var count and > 0)
                    yield return new(count, new("protocol", protocol.ToString().ToLowerInvariant()), new("result", Kebab(result.ToString())));
            }
        }
    }

    private static IEnumerable<Measurement<long>> Stages(Pipeline.Pipeline pipeline)
    {
        foreach (var state in Enum.GetValues<MessageState>())
            yield return new(pipeline.Counters[state], new("stage", "store"), new("result", state.ToString().ToLowerInvariant()));
    }

    private static IEnumerable<Measurement<long>> Dead(PipelineCounters counters) =>
        counters.DeadByReason.Select(d => new Measurement<long>(d.Value, new KeyValuePair<string, object?>("reason", d.Key)));

    private static IEnumerable<Measurement<long>> LedgerOf(Pipeline.Pipeline pipeline)
    {
        var total = pipeline.Ledger.Total();
        var received = pipeline.Progress.Received;
        yield return State("stored", total.Stored);
        yield return State("filtered", total.Filtered);
        yield return State("duplicate", total.Duplicate);
        yield return State("dead", total.Dead);
        yield return State("in_flight", received - total.Processed);

        static Measurement<long> State(string name, long count) => new(count, new KeyValuePair<string, object?>("state", name));
    }

    private static IEnumerable<Measurement<long>> Mqtt(BrokerCounters broker)
    {
        yield return new(broker.MessagesReceived, new KeyValuePair<string, object?>("direction", "in"));
        yield return new(broker.MessagesSent, new KeyValuePair<string, object?>("direction", "out"));
    }

    private static IEnumerable<Measurement<long>> Dropped(BrokerCounters broker)
    {
        yield return new(broker.DroppedQueueFull + broker.DroppedQos0, new KeyValuePair<string, object?>("reason", "queue-full"));
        yield return new(broker.DroppedExpired, new KeyValuePair<string, object?>("reason", "expired"));
        yield return new(broker.DroppedTooLarge, new KeyValuePair<string, object?>("reason", "too-large"));
    }

    private static string Kebab(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
