using System.Globalization;
using System.Text.Json;
using Garam.Decoding;
using Garam.Platform.Configuration;
using Garam.Platform.DeadLetters;
using Garam.Platform.Devices;
using Garam.Platform.Ingress;
using Garam.Platform.Packs;
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
    DeviceRegistry registry, PackCatalog packs, TimeSeriesStore store, TelemetryStream stream, GaramOptions options)
{
    private readonly Dictionary<Utf8Name, LaneDevice> _devices = new(Utf8Name.Comparer.Instance);
    private readonly DecodeOutput _output = new();
    private readonly EventTime _eventTime = new(options.Pipeline);
    private SeriesSample[] _samples = new SeriesSample[64];

    /// <summary>Samples put into the store since start, log positions left out. Written by the lane alone.</summary>
    public long Samples { get; private set; }

    public FlowResult Run(in RawRecord raw, long position)
    {
        var failure = Find(raw, out var device);
        if (device is null)
            return failure;
        device.Entry.Seen(raw.ReceivedUs);
        return raw.Kind == RouteKind.Status ? RunStatus(raw, device) : RunTelemetry(raw, device, position);
    }

    private FlowResult RunStatus(in RawRecord raw, LaneDevice device)
    {
        if (!StatusMessage.TryRead(raw.Payload, out var status))
            return FlowResult.Dead(DeadReason.StatusUnreadable, "the status message holds no status: send a word, or JSON with `status`", device.Product.Id);
        return device.Group.AppendText("status", raw.ReceivedUs, status) is TextOutcome.Refused
            ? FlowResult.Dead(DeadReason.TooManyMetrics, "the device has as many metrics as the store keeps for one", device.Product.Id)
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
                    $"the reading says {Rest.TimeParameter.Format(timeUs)}; it came at {Rest.TimeParameter.Format(raw.ReceivedUs)}",
                    product.Id, product.Spec.Version);
                continue;
            }

            switch (Store(reading, timeUs, device, position))
            {
                case null:
                    problem ??= FlowResult.Dead(
                        DeadReason.TooManyMetrics, "the device has as many metrics as the store keeps for one", product.Id, product.Spec.Version);
                    continue;
                case AppendOutcome.Expired or AppendOutcome.GroupDeleted:
                    problem ??= FlowResult.Dead(
                        DeadReason.OlderThanRetention, $"the reading is of {Rest.TimeParameter.Format(timeUs)}; readings of that time are not kept any more",
                        product.Id, product.Spec.Version);
                    continue;
                case AppendOutcome.Duplicate:
                    continue;
            }

            stored = true;
            if (stream.IsWatched(device.Entry.Current.Id.Value))
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
        if (_samples.Length <= values.Length)
            _samples = new SeriesSample[values.Length * 2];
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

    /// <summary>The lane's view of the sender, made on first sight; or why there is none.</summary>
    private FlowResult Find(in RawRecord raw, out LaneDevice? device)
    {
        var lookup = _devices.GetAlternateLookup<ReadOnlySpan<byte>>();
        var current = packs.Current;
        if (lookup.TryGetValue(raw.Device, out device) && device.IsCurrent(current, raw.Product))
            return default;
        lookup.Remove(raw.Device);
        device = null;
        var failure = Resolve(raw, current, out var entry, out var product);
        if (entry is null || product is null)
            return failure;
        if (!store.TryGroup(entry.Current.Id.Value, out var group))
            return FlowResult.Dead(DeadReason.RegistryFull, "the telemetry store keeps no more devices", product.Id);
        device = new LaneDevice(entry, current, product, raw.Product.ToArray(), group);
        lookup[raw.Device] = device;
        return default;
    }

    private FlowResult Resolve(in RawRecord raw, PackSet current, out DeviceEntry? entry, out Product? product)
    {
        product = null;
        var id = RawRecord.Text(raw.Device);
        var named = RawRecord.Text(raw.Product);
        if (!registry.TryGet(id, out entry))
        {
            if (!DeviceId.TryParse(id, out var device, out var problem))
                return FlowResult.Dead(DeadReason.InvalidDevice, $"'{id}': {problem}");
            if (!options.OpenRegistration)
                return FlowResult.Dead(DeadReason.UnknownDevice, $"nobody registered '{id}', and registration is closed: PUT /api/v1/devices/{id}");
            if (named.Length == 0)
                return FlowResult.Dead(DeadReason.UnknownDevice, $"nobody registered '{id}', and neither the route nor the message names a product: PUT /api/v1/devices/{id}");
            if (!current.TryGetProduct(named, out _))
                return FlowResult.Dead(DeadReason.UnknownProduct, $"no pack describes the product '{named}' that the route names", named);
            entry = registry.GetOrRegister(device, named, raw.Hub.IsEmpty ? null : RawRecord.Text(raw.Hub));
            if (entry is null)
                return FlowResult.Dead(DeadReason.RegistryFull, "the registry holds as many devices as registration.devices_max allows", named);
        }

        var productId = named.Length > 0 ? named : entry.Current.ProductId;
        if (productId is null)
            return FlowResult.Dead(DeadReason.UnknownProduct, $"the device '{id}' has no product: PUT /api/v1/devices/{id} with productId");
        return current.TryGetProduct(productId, out product)
            ? default
            : FlowResult.Dead(DeadReason.UnknownProduct, $"no pack describes the product '{productId}'", productId);
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

        stream.Publish(new TelemetryEvent(
            device.Entry.Current.Id.Value, device.Product.Id, raw.Hub.IsEmpty ? null : RawRecord.Text(raw.Hub), timeUs, reading.HasDeviceTime,
            reading.HasHubTime ? reading.HubTimeUs : null, raw.ReceivedUs, metrics));
    }

    private static FlowResult Dead(Product product, in DecodeError error) =>
        FlowResult.Dead(JsonNamingPolicy.KebabCaseLower.ConvertName(error.Code.ToString()), error.ToString(), product.Id, product.Spec.Version);
}
