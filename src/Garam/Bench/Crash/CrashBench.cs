using System.Diagnostics;
using Garam.Bench.Load;
using Garam.Bench.Output;
using Garam.Bench.Servers;

namespace Garam.Bench.Crash;

/// <summary>
/// Kills an instance at full load, again and again on the same folder, and looks for every acknowledged message.
/// What the rounds rely on: one device a connection and acknowledgements in order, so that the acknowledged messages of a
/// device are its first ones; sequences and times go on from round to round and never repeat.
/// </summary>
internal sealed class CrashBench(int times, int devices, int seed, string parent)
{
    /// <summary>Fewer than a REST answer holds unreduced (3,000).</summary>
    private const int PointsPerRequest = 2_500;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(2);

    /// <summary>No kill comes earlier or later than this after the load began.</summary>
    private static readonly (int MinMs, int MaxMs) KillAfter = (500, 3_000);

    private readonly Random _random = new(seed);
    private readonly DateTimeOffset _firstTime = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddHours(-6).ToUnixTimeMilliseconds());

    /// <exception cref="BenchException">The environment is not ready, or an instance does not come back.</exception>
    public async Task<CrashReport> RunAsync(CancellationToken cancellation)
    {
        using var folder = ScratchFolder.In(parent);
        var rounds = new List<CrashRound>();
        var server = await GaramServer.StartAsync(folder.Path, cancellation);
        try
        {
            await server.RegisterAsync(devices, BenchProduct.Id, cancellation);
            var firstSequence = 0L;
            for (var round = 1; round <= times; round++)
            {
                var load = await KilledAsync(server, firstSequence, cancellation);
                await server.DisposeAsync();
                server = await GaramServer.StartAsync(folder.Path, cancellation);
                var readyAt = Stopwatch.GetTimestamp();
                await server.DrainedAsync(0, DrainLimit, cancellation);
                var caughtUp = Stopwatch.GetElapsedTime(readyAt).TotalMilliseconds;
                rounds.Add(await CheckAsync(server, round, firstSequence, load, caughtUp, cancellation));
                Say(rounds[^1]);
                firstSequence += load.SentByConnection.Max();
            }

            var stored = await StoredAsync(server.Api, firstSequence, cancellation);
            return new CrashReport(seed, rounds, stored, rounds.Sum(round => round.Found));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    public static BenchTable Table(CrashReport report)
    {
        var table = new BenchTable(
            $"kill -9 at full load, {report.Rounds.Count} times (seed {report.Seed})",
            ["round", "sent", "acknowledged", "found", "missing", "wrong", "ready ms", "caught up ms"]);
        foreach (var round in report.Rounds)
        {
            table.Add(
                Figure.Count(round.Round), Figure.Count(round.Sent), Figure.Count(round.Acknowledged), Figure.Count(round.Found),
                Figure.Count(round.Missing), Figure.Count(round.Wrong), Figure.Count(round.ReadyMs), Figure.Count(round.CaughtUpMs));
        }

        table.Notes.Add($"Roll-ups count {Figure.Count(report.StoredInAll)} points, {Figure.Count(report.FoundInAll)} were found raw.");
        table.Notes.Add(report.IsRight ? "Every acknowledged reading is there, once." : "DEFECT: acknowledged readings are missing or wrong.");
        return table;
    }

    private async Task<LoadReport> KilledAsync(GaramServer server, long firstSequence, CancellationToken cancellation)
    {
        var sending = LoadChild.RunAsync(
            new LoadOptions
            {
                Port = server.MqttPort,
                Connections = devices,
                Devices = devices,
                WarmUp = TimeSpan.Zero,
                Duration = TimeSpan.FromMinutes(10),
                FirstTime = _firstTime,
                FirstSequence = firstSequence,
            },
            cancellation);
        await Task.Delay(_random.Next(KillAfter.MinMs, KillAfter.MaxMs), cancellation);
        await server.KillAsync();
        var load = await sending;
        if (load.OutOfOrder > 0)
            throw new BenchException($"{load.OutOfOrder} acknowledgements came out of order: what was acknowledged is unknown.");
        return load;
    }

    private async Task<CrashRound> CheckAsync(
        GaramServer server, int round, long firstSequence, LoadReport load, double caughtUp, CancellationToken cancellation)
    {
        var (found, missing, wrong) = (0L, 0L, 0L);
        for (var device = 0; device < devices; device++)
        {
            var sent = load.SentByConnection[device];
            var check = new SequenceCheck(_firstTime.ToUnixTimeMilliseconds(), firstSequence, sent, load.AcknowledgedByConnection[device]);
            for (var at = 0L; at < sent; at += PointsPerRequest)
            {
                var from = _firstTime.AddMilliseconds(firstSequence + at);
                var to = _firstTime.AddMilliseconds(firstSequence + Math.Min(sent, at + PointsPerRequest));
                foreach (var (time, value) in await server.Api.PointsAsync(BenchTopics.DeviceId(device), "seq", from, to, "raw", null, 3_000, cancellation))
                    check.Add(time, value);
            }

            found += check.Found;
            missing += check.Missing;
            wrong += check.Wrong;
        }

        return new CrashRound
        {
            Round = round,
            Sent = load.Sent,
            Acknowledged = load.Acknowledged,
            Found = found,
            Missing = missing,
            Wrong = wrong,
            ReadyMs = server.ReadyAfter.TotalMilliseconds,
            CaughtUpMs = caughtUp,
        };
    }

    /// <summary>What the roll-ups count: a message applied twice after a restart would show here.</summary>
    private async Task<long> StoredAsync(GaramApi api, long sequences, CancellationToken cancellation)
    {
        var from = new DateTimeOffset(_firstTime.UtcDateTime.Date.AddDays(-1), TimeSpan.Zero);
        var to = _firstTime.AddMilliseconds(sequences).AddDays(2);
        var stored = 0.0;
        for (var device = 0; device < devices; device++)
        {
            var points = await api.PointsAsync(BenchTopics.DeviceId(device), "seq", from, to, "1d", "count", 3_000, cancellation);
            stored += points.Sum(point => point.Value);
        }

        return (long)stored;
    }

    private static void Say(CrashRound round) => BenchOutput.Step(
        $"round {round.Round}: {Figure.Count(round.Acknowledged)} acknowledged, {Figure.Count(round.Missing)} missing, {Figure.Count(round.Wrong)} wrong, ready after {Figure.Count(round.ReadyMs)} ms");
}
