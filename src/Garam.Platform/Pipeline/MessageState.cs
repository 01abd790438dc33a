namespace Garam.Platform.Pipeline;

/// <summary>Where a received message ended; each message counts in exactly one state.</summary>
public enum MessageState
{
    /// <summary>At least one sample of it is in the store.</summary>
    Stored = 0,

    /// <summary>Its product's <c>WHERE</c> left it out.</summary>
    Filtered = 1,

    /// <summary>Every sample of it was already there with the same value.</summary>
    Duplicate = 2,

    /// <summary>It lies in the dead letters with its reason and its bytes.</summary>
    Dead = 3,
}
