using Garam.Platform.Detection;

namespace Garam.Platform.Rules;

/// <summary>A model and the slots of what it reads and gives.</summary>
/// <param name="Inputs">−1 for a metric the product does not have: missing.</param>
internal sealed record ModelBinding(IModel Model, int[] Inputs, int[] Outputs)
{
    /// <summary>As rules name the outputs, to the names of their symbols.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; } = Model.Outputs.ToDictionary(o => o, o => Model.Name + "." + o, StringComparer.Ordinal);
}
