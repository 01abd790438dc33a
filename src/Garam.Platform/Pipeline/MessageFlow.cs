using System.Text;
using System.Text.Json;
using Garam.Decoding;
using Garam.Expressions;
using Garam.Platform.Configuration;
using Garam.Platform.DeadLetters;
using Garam.Platform.Detection;
using Garam.Platform.Devices;
using Garam.Platform.Ingress;
using Garam.Platform.Packs;
using Garam.Platform.Rules;
using Garam.Platform.Telemetry;
using Garam.TimeSeries;

namespace Garam.Platform.Pipeline;

/// <summary>
/// One message's way: whose is it, what does it say, when was that, into the store, to those who watch. One instance a lane.
/// </summary>
/// <remarks>
/// Not thread-safe; owned by its lane. Allocates nothing for a message of a known device with known metrics. Never throws for what
/// stands in a message.
/// </remarks>
internal sealed class MessageFlow(
    DeviceRegistry registry, PackCatalog packs, TimeSeriesStore store, TelemetryStream stream, DetectionSources detection, GaramOptions options)
{

    private readonly DecodeOutput _output = new();
    private readonly EventTime _eventTime = new(options.Pipeline);
    private readonly TextCache _texts = new();
    private SeriesSample[] _samples = new SeriesSample[64];

    /// <summary>Samples put into the store since start, log positions left out. Written by the lane alone.</summary>
    public long Samples { get; private set; }

    /// <summary>Derives and judges; what rules say is collected in it.</summary>
    public DetectStage Detect => Devices.Detect;

    /// <summary>The devices of this lane.</summary>
    public LaneDevices Devices { get; } = new(registry, packs, store, new DetectStage(detection, registry, store), options);

    public FlowResult Run(in RawRecord raw, long position)
    {
        var failure = Devices.Find(raw, out var device);
        if (device is null)
            return failure;
        device.Entry.Seen(raw.ReceivedUs);
        return raw.Kind == RouteKind.Status ? RunStatus(raw, device) : RunTelemetry(raw, device, position);
    }

    private FlowResult RunStatus(in RawRecord raw, LaneDevice device)
    {
        if (!StatusMessage.TryRead(raw.Payload, out var status))
            return FlowResult.Dead(DeadReason.StatusUnreadable, DeadDetail.NoStatus, device.Product.Id);
        return device.Group.AppendText("status", raw.ReceivedUs, status) is TextOutcome.Refused
            ? FlowResult.Dead(DeadReason.TooManyMetrics, DeadDetail.TooManyMetrics, device.Product.Id)
            : FlowResult.Stored;
    }

    private FlowResult RunTelemetry(in RawRecord raw, LaneDevice device, long position)
    {
        var context = new DecodeContext
        {
            ReceivedAtUs = raw.ReceivedUs,
            Model = device.Model,
            Port = raw.Port < 0 ? null : raw.Port,
            CsvHeader = raw.CsvHeader,
        };
        var product = device.Product;
        switch (product.Decoder.Decode(raw.Payload, context, _output))
        {
            case DecodeStatus.Filtered:
                return FlowResult.Filtered;
            case DecodeStatus.Failed:
                return Dead(product, _output.Errors[0]);
        }

        FlowResult? problem = _output.ErrorCount > 0 ? Dead(product, _output.Errors[0]) : null;
        var stored = false;
        foreach (ref readonly var reading in _output.Readings)
        {
            var timeUs = reading.HasDeviceTime ? reading.DeviceTimeUs : raw.ReceivedUs;
            if (!_eventTime.IsBelievable(timeUs, raw.ReceivedUs))
            {
                problem ??= FlowResult.Dead(
                    DeadReason.TimestampOutsideWindow,
                    DeadDetail.Text(DeadDetail.OutsideWindow, Rest.TimeParameter.Format(timeUs), Rest.TimeParameter.Format(raw.ReceivedUs)),
                    product.Id, product.Spec.Version);
                continue;
            }

            if (device.Detection is not null)
                Derive(reading, timeUs, device, device.Detection);
            switch (Store(reading, timeUs, device, position))
            {
                case null:
                    problem ??= FlowResult.Dead(
                        DeadReason.TooManyMetrics, DeadDetail.TooManyMetrics, product.Id, product.Spec.Version);
                    continue;
                case AppendOutcome.Expired or AppendOutcome.GroupDeleted:
                    problem ??= FlowResult.Dead(
                        DeadReason.OlderThanRetention, DeadDetail.Text(DeadDetail.NotKept, Rest.TimeParameter.Format(timeUs)),
                        product.Id, product.Spec.Version);
                    continue;
                case AppendOutcome.Duplicate:
                    continue;
            }

            stored = true;
            if (device.Detection is not null)
                Detect.Judge(device.Detection, new Occasion(timeUs, position, raw.ReceivedUs));
            if (stream.IsDeviceWatched(device.Entry.Current.Id.Value))
                Publish(raw, reading, timeUs, device);
        }

        // A message with one bad row among good ones: the good rows are stored, and the message is a dead letter all the same, so
        // that nothing is lost and it is counted once.
        return problem ?? (stored ? FlowResult.Stored : FlowResult.Duplicate);
    }

    /// <summary>Puts one reading into the store with its log position; null when a metric found no place.</summary>
    private AppendOutcome? Store(in DecodedReading reading, long timeUs, LaneDevice device, long position)
    {
        var values = _output.ValuesOf(reading);
        var room = values.Length + (device.Detection?.Plan.DerivedCount ?? 0);
        if (_samples.Length <= room)
            _samples = new SeriesSample[room * 2];
        var violations = _output.ViolationsOf(reading);
        var count = 0;
        var textChanged = false;
        var metric = 0;
        foreach (ref readonly var value in values)
        {
            if (value.Kind == MetricKind.Text)
            {
                var text = device.Group.AppendText(device.Product.Decoder.Metrics[value.Metric].Name, timeUs, _output.TextOf(value));
                if (text == TextOutcome.Refused)
                    return null;
                textChanged |= text == TextOutcome.Changed;
                continue;
            }

            var series = device.SeriesOf(value.Metric);
            if (series == SeriesGroup.NoSeries)
                return null;
            var suspect = violations.Length > 0 && violations.Contains(value.Metric);
            _samples[count++] = new SeriesSample(series, value.Number, suspect ? SampleFlags.Suspect : SampleFlags.None);
            metric = value.Metric;
        }

        if (device.Detection is { Plan.DerivedCount: > 0 } detected && !AddDerived(device, detected.Plan, timeUs, ref count, ref textChanged))
            return null;
        var positions = count == 1 ? device.PositionsOf(metric) : device.Positions;
        if (positions == SeriesGroup.NoSeries)
            return null;
        var shift = count == 1 ? 0 : device.PositionShift(timeUs);
        var origin = new SeriesSample(positions, position, SampleFlags.Provenance);
        if (shift == 0)
            _samples[count] = origin;
        var outcome = device.Group.Append(timeUs, _samples.AsSpan(0, shift == 0 ? count + 1 : count));
        if (shift > 0 && (outcome is AppendOutcome.Stored or AppendOutcome.Replaced || textChanged))
        {
            _samples[0] = origin;
            device.Group.Append(timeUs + shift, _samples.AsSpan(0, 1));
        }

        if (outcome is AppendOutcome.Stored or AppendOutcome.Replaced)
            Samples += count;
        return outcome == AppendOutcome.Duplicate && textChanged ? AppendOutcome.Stored : outcome;
    }

    /// <summary>Puts the reading into the frame of detection, and what follows from it.</summary>
    private void Derive(in DecodedReading reading, long timeUs, LaneDevice device, DeviceDetection detected)
    {
        var frame = Detect.Frame;
        detected.Begin(frame);
        foreach (ref readonly var value in _output.ValuesOf(reading))
        {
            var slot = device.SlotOf(value.Metric);
            if (slot < 0)
                continue;
            frame.Set(slot, value.Kind switch
            {
                MetricKind.Text => Value.Of(_texts[_output.TextOf(value)]),
                MetricKind.Boolean => Value.Of(value.IsTrue),
                _ => Value.Of(value.Number),
            });
        }

        detected.Derive(timeUs, frame);
    }

    /// <summary>Adds the derived metrics of the reading to its samples; false when one found no place.</summary>
    private bool AddDerived(LaneDevice device, DetectionPlan plan, long timeUs, ref int count, ref bool textChanged)
    {
        foreach (var bound in plan.Derivations)
        {
            var outputs = bound.Derivation.Outputs;
            for (var i = 0; i < bound.Outputs.Length; i++)
            {
                var slot = bound.Outputs[i];
                if (!Detect.Frame.Has(slot))
                    continue;
                var value = Detect.Frame[slot];
                if (value.Kind == ValueKind.Text)
                {
                    var text = AppendText(device.Group, outputs[i].Name, timeUs, value.Text!);
                    if (text == TextOutcome.Refused)
                        return false;
                    textChanged |= text == TextOutcome.Changed;
                    continue;
                }

                var series = device.SeriesOfDerived(slot, outputs[i]);
                if (series == SeriesGroup.NoSeries)
                    return false;
                _samples[count++] = new SeriesSample(series, value.Number, SampleFlags.None);
            }
        }

        return true;
    }

    private static TextOutcome AppendText(SeriesGroup group, string name, long timeUs, string text)
    {
        Span<byte> utf8 = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(text, utf8, out var length) ? group.AppendText(name, timeUs, utf8[..length]) : group.AppendText(name, timeUs, text);
    }

    private void Publish(in RawRecord raw, in DecodedReading reading, long timeUs, LaneDevice device)
    {
        var metrics = new List<MetricValue>(reading.ValueCount);
        foreach (ref readonly var value in _output.ValuesOf(reading))
        {
            var definition = device.Product.Decoder.Metrics[value.Metric];
            var text = value.Kind == MetricKind.Text ? _output.StringOf(value) : null;
            metrics.Add(new MetricValue(definition.Name, value.Kind, value.Number, text, definition.Unit));
        }

        foreach (var bound in device.Detection?.Plan.Derivations ?? [])
        {
            for (var i = 0; i < bound.Outputs.Length; i++)
            {
                var value = Detect.Frame[bound.Outputs[i]];
                if (!value.IsMissing)
                    metrics.Add(new MetricValue(bound.Derivation.Outputs[i].Name, bound.Derivation.Outputs[i].Kind, value.Number, value.Text, bound.Derivation.Outputs[i].Unit));
            }
        }

        stream.Publish(new TelemetryEvent(
            device.Entry.Current.Id.Value, device.Product.Id, raw.Hub.IsEmpty ? null : RawRecord.Text(raw.Hub), timeUs, reading.HasDeviceTime,
            reading.HasHubTime ? reading.HubTimeUs : null, raw.ReceivedUs, metrics));
    }

    private static FlowResult Dead(Product product, in DecodeError error) =>
        FlowResult.Dead(JsonNamingPolicy.KebabCaseLower.ConvertName(error.Code.ToString()), error.ToString(), product.Id, product.Spec.Version);
}
