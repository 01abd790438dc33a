using System.Text.Json;
using Garam.Decoding;
using Garam.Log;
using Garam.Platform.Devices;
using Garam.Platform.Ingress;
using Garam.Platform.Packs;
using Garam.Platform.Pipeline;
using Garam.TimeSeries;

namespace Garam.Platform.Telemetry;

/// <summary>The way back to the wire: from a device's readings to the messages they came from. Thread-safe.</summary>
public sealed class RawReadings(TimeSeriesStore store, DurableLog log, PackCatalog packs)
{
    /// <summary>Messages in one answer at most.</summary>
    public const int LimitMax = 1_000;

    /// <summary>How far behind its reading a position may stand.</summary>
    private const long PositionSlackUs = 1_000;

    /// <summary>The messages behind the readings of a time, oldest first, and whether there are more than asked for.</summary>
    /// <param name="fromUs">Unix microseconds, inclusive.</param>
    /// <param name="toUs">Exclusive.</param>
    /// <param name="limit">1 to <see cref="LimitMax"/>.</param>
    public (IReadOnlyList<RawReading> Messages, bool More) Find(Device device, long fromUs, long toUs, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LimitMax);
        var positions = store.FindGroup(device.Id.Value) is { } group ? Positions(group, fromUs, toUs) : [];
        return ([.. Read(positions.Take(limit), device)], positions.Count > limit);
    }

    /// <summary>The message behind the newest reading; null when there is none.</summary>
    public RawReading? Newest(Device device)
    {
        if (store.FindGroup(device.Id.Value) is not { } group)
            return null;
        var values = new List<NewestValue>();
        group.CopyNewest(values);
        var positions = values.Where(v => LaneDevice.IsInternal(v.Name)).Select(v => (long)v.Value).ToList();
        return positions.Count == 0 ? null : At(positions.Max(), device);
    }

    /// <summary>The message at a position of the log.</summary>
    /// <param name="device">Whose it is; null when the device is forgotten: then it decodes only when the message names its product.</param>
    public RawReading At(long position, Device? device) => Read(position, new LogBlock(64 * 1024), device, packs.Current);

    /// <summary>Log position of the message behind a reading; null when it is not known.</summary>
    internal long? PositionAt(string deviceId, long timeUs) =>
        store.FindGroup(deviceId) is { } group && Positions(group, timeUs, timeUs + PositionSlackUs) is { Count: > 0 } positions ? positions.Min : null;

    /// <summary>Log positions of the readings in the time, ascending. A position may stand up to a millisecond behind its reading.</summary>
    private SortedSet<long> Positions(SeriesGroup group, long fromUs, long toUs)
    {
        var values = new List<NewestValue>();
        group.CopyNewest(values);
        var positions = new SortedSet<long>();
        foreach (var series in values.Where(v => LaneDevice.IsInternal(v.Name)))
        {
            using var result = store.Query(group, new SeriesQuery(series.Name, fromUs, toUs, QueryStep.Raw) { Reduction = Reduction.None });
            foreach (var position in result.Values)
            {
                positions.Add((long)position);
                if (positions.Count > LimitMax)
                    positions.Remove(positions.Max);
            }
        }

        return positions;
    }

    private IEnumerable<RawReading> Read(IEnumerable<long> positions, Device device)
    {
        var block = new LogBlock(64 * 1024);
        foreach (var position in positions)
            yield return Read(position, block, device, packs.Current);
    }

    private RawReading Read(long position, LogBlock block, Device? device, PackSet set)
    {
        if (position < log.First.Value || !log.TryRead(new LogPosition(position), block) || !RawRecord.TryRead(block[0], out var raw))
            return new RawReading(position, "", 0, null, []);
        return new RawReading(position, RawRecord.Text(raw.Channel), raw.ReceivedUs, raw.Payload.ToArray(), Decode(raw, device, set));
    }

    private static List<JsonElement> Decode(in RawRecord raw, Device? device, PackSet packs)
    {
        var productId = raw.Product.IsEmpty ? device?.ProductId : RawRecord.Text(raw.Product);
        if (productId is null || !packs.TryGetProduct(productId, out var product))
            return [];
        var output = new DecodeOutput();
        product.Decoder.Decode(
            raw.Payload,
            new DecodeContext { ReceivedAtUs = raw.ReceivedUs, Model = device?.Model, Port = raw.Port < 0 ? null : raw.Port, CsvHeader = raw.CsvHeader }, output);
        var readings = new List<JsonElement>();
        foreach (var reading in output.Readings)
            readings.Add(DecodedJson.Of(output, reading, product.Decoder.Metrics));
        return readings;
    }
}
