namespace Garam.Platform.Rules.Versions;

/// <summary>What a ruleset's history says.</summary>
internal static class RulesetHistory
{
    /// <summary>The version that was in force before the present one, when every rollback takes one step further back; null when there is none.</summary>
    /// <param name="changes">Newest first, as the store gives them.</param>
    public static int? FormerVersion(IReadOnlyList<RulesetChange> changes)
    {
        var live = new Stack<int>();
        foreach (var change in changes.Reverse().Where(c => c.Version is not null))
        {
            if (change.Kind == RulesetChangeKind.RolledBack && live.Count > 0)
                live.Pop();
            if (change.Kind is RulesetChangeKind.Activated or RulesetChangeKind.RolledBack && (live.Count == 0 || live.Peek() != change.Version))
                live.Push(change.Version!.Value);
        }

        return live.Count > 1 ? live.ElementAt(1) : null;
    }
}
