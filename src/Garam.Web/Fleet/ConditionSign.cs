namespace Garam.Web.Fleet;

/// <summary>A condition's shape, colour and word: each alone tells it.</summary>
internal static class ConditionSign
{
    public static readonly IReadOnlyList<Condition> All = Enum.GetValues<Condition>();

    public static string Shape(Condition condition) => condition switch
    {
        Condition.Critical => "■",
        Condition.High => "◆",
        Condition.Medium => "▲",
        Condition.Normal => "●",
        Condition.Stale => "◐",
        Condition.Disabled => "×",
        _ => "○",
    };

    /// <summary>Its name in addresses.</summary>
    public static string Name(Condition condition) => condition switch
    {
        Condition.Critical => "critical",
        Condition.High => "high",
        Condition.Medium => "medium",
        Condition.Offline => "offline",
        Condition.Stale => "stale",
        Condition.Normal => "normal",
        Condition.Disabled => "disabled",
        _ => "never",
    };

    /// <summary>Lends its colours to what is inside.</summary>
    public static string Class(Condition condition) => "s-" + Name(condition);

    /// <summary>The key of its word.</summary>
    public static string Word(Condition condition) => "condition." + Name(condition);

    public static Condition? Parse(string? name)
    {
        foreach (var condition in All)
        {
            if (Name(condition) == name)
                return condition;
        }

        return null;
    }
}
