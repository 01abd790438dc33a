namespace Garam.Expressions.Syntax;

/// <summary>The words of each spelling, and the SQL names of functions.</summary>
internal static class Keywords
{
    private static readonly string[] Garam = ["and", "or", "not", "in", "true", "false", "missing"];

    private static readonly string[] Sql =
        ["and", "or", "not", "in", "true", "false", "null", "is", "case", "when", "then", "else", "end", "as", "from", "where", "select"];

    public static StringComparison Comparison(ExpressionDialect dialect) =>
        dialect == ExpressionDialect.Sql ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public static string Missing(ExpressionDialect dialect) => dialect == ExpressionDialect.Sql ? "null" : "missing";

    public static bool IsReserved(string word, ExpressionDialect dialect) =>
        Of(dialect).Any(k => k.Equals(word, Comparison(dialect)));

    /// <summary>The keyword that a word would be in lower case, or null: AND is not and in Garam's own spelling.</summary>
    public static string? Correct(string word, ExpressionDialect dialect) =>
        Of(dialect).FirstOrDefault(k => k != word && k.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The function meant by a name. SQL names are taken in any case. AWS IoT's log is the logarithm to base 10, its ln the
    /// natural one.
    /// </summary>
    public static string Function(string name, ExpressionDialect dialect)
    {
        if (dialect == ExpressionDialect.Garam)
            return name;
        var lower = name.ToLowerInvariant();
        return lower switch
        {
            "power" => "pow",
            "log" => "log10",
            "ln" => "log",
            "ceiling" => "ceil",
            "isundefined" or "isnull" => "is_missing",
            "ifnull" => "coalesce",
            _ => lower,
        };
    }

    private static string[] Of(ExpressionDialect dialect) => dialect == ExpressionDialect.Sql ? Sql : Garam;
}
