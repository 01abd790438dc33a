namespace Garam.EndToEnd;

/// <summary>Lines in batches, acknowledged by the connection's running count.</summary>
internal sealed class TcpWriter(string device) : Writer(device)
{
    private const int Batch = 100;

    protected override async Task SendAsync(GaramProcess garam, CancellationToken stop)
    {
        using var line = await TcpDevice.HelloAsync(garam.TcpPort, Device);
        using var closing = stop.Register(line.Dispose);
        var sent = new List<int>();
        var acknowledged = 0;
        while (!stop.IsCancellationRequested)
        {
            var numbers = Enumerable.Range(0, Batch).Select(_ => Next()).ToList();
            sent.AddRange(numbers);
            await line.SendAsync(numbers.Select(n => $$"""{"seq":{{n}}}"""));
            while (acknowledged < sent.Count)
            {
                if (await line.ReadAsync() is not { } answer || !answer.StartsWith("ACK ", StringComparison.Ordinal))
                    return;
                var count = int.Parse(answer.AsSpan(4));
                count.ShouldBeInRange(acknowledged + 1, sent.Count);
                for (; acknowledged < count; acknowledged++)
                    Acknowledge(sent[acknowledged]);
            }
        }
    }
}
