using System.Diagnostics.CodeAnalysis;
using Garam.Decoding.Specs;
using Garam.Platform.Ingress;
using Garam.Platform.Rules;

namespace Garam.Platform.Packs;

/// <summary>All packs as they are in force at one moment. Immutable; a reload makes a new one.</summary>
public sealed class PackSet
{
    public static readonly PackSet Empty = new([], [], [], [], new Dictionary<string, IReadOnlyList<Route>>());

    private readonly Dictionary<string, Product> _products;

    internal PackSet(
        IReadOnlyList<string> packs, IEnumerable<Product> products, IEnumerable<PackRuleset> rulesets, IReadOnlyList<SpecProblem> problems,
        IReadOnlyDictionary<string, IReadOnlyList<Route>> routesByPack)
    {
        Packs = packs;
        Rulesets = [.. rulesets.OrderBy(r => r.Id, StringComparer.Ordinal)];
        Problems = problems;
        RoutesByPack = routesByPack;
        _products = products.ToDictionary(p => p.Id, StringComparer.Ordinal);
        Routes = new RouteTable(routesByPack.Values.SelectMany(r => r));
    }

    /// <summary>Names of the packs, <c>local</c> last.</summary>
    public IReadOnlyList<string> Packs { get; }

    public IReadOnlyCollection<Product> Products => _products.Values;

    /// <summary>Each id once, in order of the ids; that their products and metrics exist is not checked here.</summary>
    public IReadOnlyList<PackRuleset> Rulesets { get; }

    public RouteTable Routes { get; }

    /// <summary>What is wrong in files that were left out, or whose former version stays in force.</summary>
    public IReadOnlyList<SpecProblem> Problems { get; }

    /// <summary>Those of <see cref="Problems"/> that are about products and routes, not about rulesets.</summary>
    public IEnumerable<SpecProblem> ProductProblems => Problems.Where(p => !RulesetFiles.IsOfRuleset(p));

    internal IReadOnlyDictionary<string, IReadOnlyList<Route>> RoutesByPack { get; }

    public bool TryGetProduct(string id, [NotNullWhen(true)] out Product? product) => _products.TryGetValue(id, out product);
}
