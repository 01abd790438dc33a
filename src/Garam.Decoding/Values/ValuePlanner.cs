using Garam.Expressions;

namespace Garam.Decoding.Values;

/// <summary>Compiles values of one product in the order of its spec, so that a formula sees the metrics before it.</summary>
internal sealed class ValuePlanner(MetricTable table)
{
    public MetricTable Table => table;

    /// <summary>What is wrong with formulas; checked once when a spec is parsed.</summary>
    public List<(ValueSpec Value, ExpressionError Error)> Errors { get; } = [];

    /// <summary>The names of all values planned so far, those of bits included.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public ValuePlan Plan(ValueSpec value)
    {
        if (value.Emitted) Names.Add(value.Name);
        foreach (var bit in value.Bits) Names.Add(bit.Value.Name);
        FormulaPlan? formula = null;
        if (value.Formula is not null)
        {
            formula = FormulaPlan.Bind(value.Formula, table, out var errors);
            foreach (var error in errors) Errors.Add((value, error));
        }

        return new ValuePlan(value, table, formula);
    }
}
