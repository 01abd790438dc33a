using System.Globalization;
using Garam.Expressions;
using Garam.Platform.Alarms;
using Garam.Platform.Rules;

namespace Garam.Web.Fleet;

/// <summary>
/// The limits that rules in force set to single metrics (<c>temperature &gt; 60</c>), for gauges and charts. Of several the most severe
/// rule's counts. Thread-safe; computed again when the rules change.
/// </summary>
internal sealed class RuleLimits(RulesetCatalog rulesets)
{
    private Table? _table;

    /// <summary>The limits of a metric; null where no rule sets one.</summary>
    public (double? Low, double? High) Of(string? productId, string metric)
    {
        var setting = rulesets.Current;
        if (_table is not { } table || !ReferenceEquals(table.Setting, setting))
            _table = table = new Table(setting, Read(setting));
        return productId is not null && table.Limits.TryGetValue((productId, metric), out var found) ? (found.Low?.Value, found.High?.Value) : default;
    }

    private static Dictionary<(string Product, string Metric), (Limit? Low, Limit? High)> Read(RuleSetting setting)
    {
        var limits = new Dictionary<(string Product, string Metric), (Limit? Low, Limit? High)>();
        foreach (var ruleset in setting.Rulesets)
        {
            foreach (var rule in ruleset.Definition.Rules)
            {
                if (rule.Condition is { Enabled: not false, When: { } when } && Comparison(when.Text) is var (metric, value, isLow))
                    Add(limits, (ruleset.Definition.ProductId, metric), new Limit(value, rule.Condition.Severity ?? Severity.Medium), isLow);
            }
        }

        return limits;
    }

    private static void Add(
        Dictionary<(string Product, string Metric), (Limit? Low, Limit? High)> limits, (string Product, string Metric) key, Limit limit, bool isLow)
    {
        limits.TryGetValue(key, out var known);
        if (isLow && (known.Low is null || limit.Severity > known.Low.Severity))
            known.Low = limit;
        if (!isLow && (known.High is null || limit.Severity > known.High.Severity))
            known.High = limit;
        limits[key] = known;
    }

    /// <summary>A condition whose first comparison holds a lone metric against a number.</summary>
    private static (string Metric, double Value, bool IsLow)? Comparison(string condition) =>
        Expression.Parse(condition).Expression?.FirstComparison() is { Left.LoneName: { } metric, Operator: not ComparisonOperator.Equal and not ComparisonOperator.NotEqual } parts
        && double.TryParse(parts.Right.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (metric, value, parts.LowerIsWorse) : null;

    private sealed record Limit(double Value, Severity Severity);

    private sealed record Table(RuleSetting Setting, Dictionary<(string Product, string Metric), (Limit? Low, Limit? High)> Limits);
}
