using Garam.Decoding;
using Garam.Expressions;
using Garam.Platform.Detection;
using Garam.Platform.Packs;

namespace Garam.Platform.Rules;

/// <summary>The metrics that rules of a product may name.</summary>
/// <param name="Metrics">Names and types: the product's own, then the derived ones.</param>
/// <param name="IsOpen">Whether messages may bring further metrics (JSON without a mapping): then any name is allowed.</param>
public sealed record MetricSchema(string ProductId, IReadOnlyList<(string Name, ExpressionType Type)> Metrics, bool IsOpen)
{
    public static MetricSchema Of(Product product, IReadOnlyList<IMetricDerivation> derivations)
    {
        var metrics = new List<(string Name, ExpressionType Type)>();
        foreach (var metric in product.Decoder.Metrics)
            Add(metric.Name, metric.Kind);
        foreach (var derivation in derivations.Where(d => d.ProductId == product.Id))
        {
            foreach (var metric in derivation.Outputs)
                Add(metric.Name, metric.Kind);
        }

        return new MetricSchema(product.Id, metrics, product.Decoder.IsOpen);

        void Add(string name, MetricKind kind)
        {
            if (!metrics.Exists(m => m.Name == name))
                metrics.Add((name, TypeOf(kind)));
        }
    }

    private static ExpressionType TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Boolean => ExpressionType.Boolean,
        MetricKind.Text => ExpressionType.Text,
        _ => ExpressionType.Number,
    };
}
