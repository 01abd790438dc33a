namespace Garam.Expressions;

/// <summary>How an expression is spelled. Both spellings have the same operators, functions and types.</summary>
public enum ExpressionDialect
{
    /// <summary>Rules, formulas and filters: <c>==</c>, <c>!=</c>, <c>and or not</c>, strings in double or single quotes, windows.</summary>
    Garam,

    /// <summary>
    /// The expressions of an AWS IoT rule: <c>=</c>, <c>&lt;&gt;</c>, keywords and functions in any case, strings in single
    /// quotes, names in double quotes, <c>IN (…)</c>, <c>IS NULL</c>, <c>CASE</c>. A comparison with a missing value is missing
    /// (SQL's null), so its <c>NOT</c> does not hold either. There are no windows.
    /// </summary>
    Sql,
}
