using System.IO.Pipelines;

namespace Garam.Mqtt.Broker;

/// <summary>
/// Reads and throws away what a client still sends after it was told to go. Closing a socket with unread input makes TCP send a
/// reset, and the reset makes the client's system drop the goodbye it has not read yet.
/// </summary>
internal static class TransportLinger
{
    /// <summary>Ends at the client's close, after <paramref name="maxBytes"/>, or after <paramref name="limit"/>.</summary>
    public static async Task DiscardAsync(PipeReader input, long maxBytes, TimeSpan limit, TimeProvider time)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        try
        {
            long discarded = 0;
            while (discarded < maxBytes)
            {
                var result = await input.ReadAsync(timeout.Token);
                discarded += result.Buffer.Length;
                input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                    return;
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Time is up, or the client has gone: both are the end of it.
        }
    }
}
