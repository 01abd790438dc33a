namespace Garam.Tests.Fire;

/// <summary>Waits for what other threads do, with a limit.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Completes when the condition holds; throws what it was waiting for when the limit has passed.</summary>
    public static async Task True(Func<Task<bool>> condition, Func<string> what)
    {
        var end = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (!await condition())
        {
            if (Environment.TickCount64 > end)
                throw new TimeoutException($"after {Limit.TotalSeconds} s still not: {what()}");
            await Task.Delay(Poll);
        }
    }
}
