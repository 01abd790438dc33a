namespace Garam.Web.Letters;

/// <summary>What the reader's last action did; all null when there was none.</summary>
public sealed record LetterOutcome(int? Recovered, int? Failed, int? Dropped);
