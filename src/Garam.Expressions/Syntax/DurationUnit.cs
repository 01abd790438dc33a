namespace Garam.Expressions.Syntax;

internal static class DurationUnit
{
    /// <summary>Seconds of one unit; null when there is no such unit.</summary>
    public static double? Seconds(string unit) => unit switch
    {
        "ms" => 0.001,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => null,
    };
}
