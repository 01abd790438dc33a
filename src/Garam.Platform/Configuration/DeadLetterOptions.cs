namespace Garam.Platform.Configuration;

/// <summary>What is kept of messages that could not be stored.</summary>
public sealed record DeadLetterOptions
{
    /// <summary>The oldest go beyond this many, counted in <c>garam_dead_letters_expired_total</c>.</summary>
    public int EntriesMax { get; set; } = 1_000_000;

    public int RetainDays { get; set; } = 90;
}
