using System.Text.Json;
using Garam.Decoding;
using Garam.Platform.DeadLetters;
using Garam.Platform.Ingress;
using Garam.Platform.Packs;
using Garam.Platform.Pipeline;
using Garam.TimeSeries;

namespace Garam.Platform.Replay;

/// <summary>
/// Decodes messages of the past with the specs of today, and says of each what the lane would say of it (<see cref="MessageFlow"/>) if it
/// came now. Not thread-safe.
/// </summary>
/// <param name="newDerived">Makes the derivations of a device's readings of a product.</param>
internal sealed class ReplayDecoder(EventTime eventTime, Func<ReplayDevice, Product, DerivedReadings> newDerived)
{
    private readonly DecodeOutput _output = new();
    private readonly List<(string Metric, DraftSample Sample)> _samples = [];
    private readonly List<(string Metric, string Text)> _texts = [];

    public void Decode(ReplayDevice device, in RawRecord raw, ReadOnlySpan<byte> record, long position, PackSet packs)
    {
        var message = new DraftMessage(position, raw.ReceivedUs);
        device.Draft.Messages.Add(message);
        message.Verdict = Decode(device, raw, message, packs);
        if (message.Verdict is { State: MessageState.Dead })
            message.Record = record.ToArray();
    }

    private FlowResult? Decode(ReplayDevice device, in RawRecord raw, DraftMessage message, PackSet packs)
    {
        var registration = device.Entry.Current;
        var productId = raw.Product.IsEmpty ? registration.ProductId : RawRecord.Text(raw.Product);
        if (productId is null)
            return FlowResult.Dead(DeadReason.UnknownProduct, DeadDetail.Text(DeadDetail.NoProduct, device.Id));
        if (!packs.TryGetProduct(productId, out var product))
            return FlowResult.Dead(DeadReason.UnknownProduct, DeadDetail.Text(DeadDetail.NoPack, productId), productId);
        var context = new DecodeContext
        {
            ReceivedAtUs = raw.ReceivedUs,
            Model = registration.Model,
            Port = raw.Port < 0 ? null : raw.Port,
            CsvHeader = raw.CsvHeader,
        };
        switch (product.Decoder.Decode(raw.Payload, context, _output))
        {
            case DecodeStatus.Filtered:
                return FlowResult.Filtered;
            case DecodeStatus.Failed:
                return Dead(product, _output.Errors[0]);
        }

        FlowResult? problem = _output.ErrorCount > 0 ? Dead(product, _output.Errors[0]) : null;
        foreach (ref readonly var reading in _output.Readings)
        {
            var timeUs = reading.HasDeviceTime ? reading.DeviceTimeUs : raw.ReceivedUs;
            if (eventTime.IsBelievable(timeUs, raw.ReceivedUs))
            {
                Add(device, product, reading, timeUs, message);
                continue;
            }

            problem ??= FlowResult.Dead(
                DeadReason.TimestampOutsideWindow,
                DeadDetail.Text(DeadDetail.OutsideWindow, Rest.TimeParameter.Format(timeUs), Rest.TimeParameter.Format(raw.ReceivedUs)), product.Id, product.Spec.Version);
        }

        return problem;
    }

    private void Add(ReplayDevice device, Product product, in DecodedReading reading, long timeUs, DraftMessage message)
    {
        _samples.Clear();
        _texts.Clear();
        var violations = _output.ViolationsOf(reading);
        foreach (ref readonly var value in _output.ValuesOf(reading))
        {
            var metric = product.Decoder.Metrics[value.Metric];
            if (value.Kind == MetricKind.Text)
            {
                _texts.Add((metric.Name, _output.StringOf(value)));
                continue;
            }

            var kind = metric.Kind == MetricKind.Boolean ? SeriesKind.Boolean : SeriesKind.Number;
            _samples.Add((metric.Name, new DraftSample(value.Number, violations.Contains(value.Metric), kind, message.Position)));
        }

        device.DerivedOf(product, p => newDerived(device, p)).Derive(timeUs, message.Position, _samples, _texts);
        var isNew = device.Draft.Add(message, timeUs, _samples, _texts);
        if (_samples.Count == 1)
        {
            if (isNew)
                device.Draft.Provenance[($"{LaneDevice.PositionSeries}.{_samples[0].Metric}", timeUs)] = message.Position;
            return;
        }

        var shift = device.PositionShift(timeUs);
        if (isNew)
            device.Draft.Provenance[(LaneDevice.PositionSeries, timeUs + shift)] = message.Position;
    }

    private static FlowResult Dead(Product product, in DecodeError error) =>
        FlowResult.Dead(JsonNamingPolicy.KebabCaseLower.ConvertName(error.Code.ToString()), error.ToString(), product.Id, product.Spec.Version);
}
