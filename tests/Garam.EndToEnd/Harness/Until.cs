using System.Diagnostics;

namespace Garam.EndToEnd;

/// <summary>Waits for what another process does; fails with the last answer when the limit is over.</summary>
internal static class Until
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(15);

    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Asks until the answer satisfies, and returns it.</summary>
    public static async Task<T> ReadsAsync<T>(Func<Task<T>> ask, Func<T, bool> satisfies, string what, TimeSpan? limit = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (satisfies(answer))
                return answer;
            if (clock.Elapsed > (limit ?? Limit))
                throw new TimeoutException($"Not within {(limit ?? Limit).TotalSeconds} s: {what}. The last answer: {answer}");
            await Task.Delay(Poll);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> ask, string what, TimeSpan? limit = null) => ReadsAsync(ask, yes => yes, what, limit);

    public static Task TrueAsync(Func<bool> ask, string what, TimeSpan? limit = null) => TrueAsync(() => Task.FromResult(ask()), what, limit);
}
