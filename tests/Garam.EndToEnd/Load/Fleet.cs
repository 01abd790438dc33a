namespace Garam.EndToEnd;

/// <summary>Writers over every protocol at once, and the proof that what was acknowledged is stored once.</summary>
internal sealed class Fleet
{
    private readonly List<Writer> _writers;

    public Fleet()
    {
        var firstTime = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddHours(-6).ToUnixTimeMilliseconds());
        _writers = [new MqttWriter("mqtt-w1", firstTime), new MqttWriter("mqtt-w2", firstTime), new HttpWriter("http-w1"), new HttpWriter("http-w2"), new TcpWriter("tcp-w1"), new TcpWriter("tcp-w2")];
    }

    public int Acknowledged => _writers.Sum(w => w.AcknowledgedCount);

    public async Task RegisterAsync(GaramProcess garam)
    {
        foreach (var writer in _writers)
            await garam.Api.PutDeviceAsync(writer.Device, "json");
    }

    public Task RunAsync(GaramProcess garam, CancellationToken stop) => Task.WhenAll(_writers.Select(w => w.RunAsync(garam, stop)));

    /// <summary>Every acknowledged number is there, every number at most once, none that was not sent, and the ledger adds up.</summary>
    /// <param name="when">For the message of a failure.</param>
    /// <param name="besides">A device beside the fleet, which sent a metric `a`.</param>
    public async Task ShouldBeStoredOnceAsync(GaramProcess garam, string when, string? besides = null)
    {
        var ledger = await garam.Api.SettledLedgerAsync(TimeSpan.FromSeconds(60));
        ledger.Received.ShouldBeGreaterThanOrEqualTo(Acknowledged, when);
        ledger.Stored.ShouldBe(ledger.Received, when);
        var found = besides is null ? 0L : (await garam.Api.PointsAsync(besides, "a")).Count;
        foreach (var writer in _writers)
        {
            var numbers = (await garam.Api.PointsAsync(writer.Device, "seq")).Select(p => (int)p.Value).ToList();
            numbers.Count.ShouldBe(numbers.Distinct().Count(), $"{when}: {writer.Device} has readings twice");
            var missing = writer.Acknowledged.Except(numbers).ToList();
            missing.ShouldBeEmpty($"{when}: {writer.Device} lacks {missing.Count} acknowledged readings of {writer.AcknowledgedCount}");
            numbers.ShouldAllBe(n => n >= 0 && n < writer.Sent);
            found += numbers.Count;
        }

        found.ShouldBe(ledger.Stored, when);
    }
}
