using System.Collections.Concurrent;
using Garam.Platform.Packs;
using Garam.Platform.Rules;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Detection;

/// <summary>The plan of each product, made when first asked for and again when its spec or its rulesets change. Thread-safe.</summary>
public sealed class DetectionPlans(PackCode code, ILogger logger)
{
    private readonly ConcurrentDictionary<string, DetectionPlan> _plans = new(StringComparer.Ordinal);
    private readonly Lock _building = new();

    public PackCode Code => code;

    internal ILogger Logger => logger;

    /// <summary>The plans made so far.</summary>
    internal IEnumerable<DetectionPlan> Made => _plans.Values;

    /// <summary>The plan of a product under a setting.</summary>
    public DetectionPlan For(Product product, RuleSetting setting)
    {
        var rulesets = setting.For(product.Id);
        if (_plans.TryGetValue(product.Id, out var plan) && plan.IsFor(product, rulesets))
            return plan;
        lock (_building)
        {
            if (_plans.TryGetValue(product.Id, out plan) && plan.IsFor(product, rulesets))
                return plan;
            plan = DetectionPlan.Build(product, rulesets, code);
            foreach (var problem in plan.Problems)
                logger.LogError("A ruleset of product {Product} judges nothing: {Problem}", product.Id, problem);
            return _plans[product.Id] = plan;
        }
    }
}
