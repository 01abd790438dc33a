using Garam.Decoding;
using Garam.Decoding.Specs;

namespace Garam.Platform.Packs;

/// <summary>What a payload became.</summary>
public sealed record PayloadTrialResult
{
    /// <summary>What is wrong in the spec; nothing was decoded then.</summary>
    public IReadOnlyList<SpecProblem> SpecProblems { get; init; } = [];

    /// <summary>Where the pasted text stops being hexadecimal, from 0; null when it is.</summary>
    public int? WrongDigitAt { get; init; }

    /// <summary>Whether the payload was pasted as hexadecimal.</summary>
    public bool IsHex { get; init; }

    /// <summary>The bytes that were decoded.</summary>
    public byte[] Payload { get; init; } = [];

    /// <summary>The first <see cref="PayloadTrial.ReadingsMax"/> readings.</summary>
    public IReadOnlyList<TriedReading> Readings { get; init; } = [];

    public int ReadingCount { get; init; }

    /// <summary>What failed: the payload, or single rows of it.</summary>
    public IReadOnlyList<DecodeError> Errors { get; init; } = [];

    /// <summary>How many errors there were, listed or not.</summary>
    public int ErrorCount { get; init; }

    /// <summary>Whether the spec leaves the payload out: a WHERE is false, or it is a header line.</summary>
    public bool IsFiltered { get; init; }
}
