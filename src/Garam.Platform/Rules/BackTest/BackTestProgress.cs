using Garam.Expressions;

namespace Garam.Platform.Rules.BackTest;

/// <summary>How far a back-test is.</summary>
/// <param name="Share">0 to 1.</param>
/// <param name="Report">Null until it has ended well.</param>
/// <param name="Problem">Why it ended without a report, a sentence; null while it has not.</param>
public sealed record BackTestProgress(double Share, BackTestReport? Report, Phrase? Problem)
{
    public bool IsOver => Report is not null || Problem is not null;
}
