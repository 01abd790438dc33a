namespace Garam.Platform.Notifications.Channels;

/// <summary>What came of one try to send.</summary>
internal sealed record SendResult
{
    public static readonly SendResult Sent = new() { IsSent = true };

    public bool IsSent { get; private init; }

    /// <summary>It will never be taken: trying again is of no use.</summary>
    public bool IsPermanent { get; private init; }

    /// <summary>The connection broke after the message was handed over: the other side may have it. It is repeated with the same key.</summary>
    public bool MayHaveArrived { get; private init; }

    /// <summary>What went wrong, a sentence without secrets; null when sent.</summary>
    public string? Error { get; private init; }

    /// <summary>How long the other side asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static SendResult Temporary(string error, bool mayHaveArrived = false, TimeSpan? retryAfter = null) =>
        new() { Error = error, MayHaveArrived = mayHaveArrived, RetryAfter = retryAfter };

    public static SendResult Permanent(string error) => new() { Error = error, IsPermanent = true };
}
