namespace Garam.Platform.Rules;

/// <summary>All rulesets as they are in force at one moment. Immutable; a change makes a new one, and holders compare by reference.</summary>
public sealed class RuleSetting
{
    public static readonly RuleSetting Empty = new([]);

    private readonly Dictionary<string, List<ActiveRuleset>> _byProduct = new(StringComparer.Ordinal);

    public RuleSetting(IReadOnlyList<ActiveRuleset> rulesets)
    {
        Rulesets = rulesets;
        foreach (var ruleset in rulesets)
        {
            if (!_byProduct.TryGetValue(ruleset.Definition.ProductId, out var list))
                _byProduct.Add(ruleset.Definition.ProductId, list = []);
            list.Add(ruleset);
        }
    }

    public IReadOnlyList<ActiveRuleset> Rulesets { get; }

    /// <summary>The rulesets that judge a product's readings; empty when there are none.</summary>
    public IReadOnlyList<ActiveRuleset> For(string productId) => _byProduct.TryGetValue(productId, out var list) ? list : [];
}
