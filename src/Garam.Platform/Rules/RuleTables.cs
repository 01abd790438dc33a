using Garam.Expressions;
using Garam.Expressions.Windows;
using Garam.Platform.Detection;

namespace Garam.Platform.Rules;

/// <summary>
/// What the rules of one product are bound to: its names and the windows they share. The product's metrics take the first slots, so that
/// slots mean the same for every set of rules of a product. Not safe for concurrent use while rules are bound; immutable afterwards.
/// </summary>
internal sealed class RuleTables
{
    public const string Site = "device.site";
    public const string Customer = "device.customer";
    public const string Hub = "device.hub";
    public const string ProductName = "device.product";
    public const string DeviceName = "device.id";
    public const string TagPrefix = "device.tags.";
    private const string AttributePrefix = "device.";

    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<ModelBinding> _models = [];

    public RuleTables(MetricSchema schema, TimeSpan? allowedLateness)
    {
        Schema = schema;
        foreach (var (name, type) in schema.Metrics)
            Symbols.Add(name, type);
        foreach (var name in (string[])[Site, Customer, Hub, ProductName, DeviceName])
            Symbols.Add(name, ExpressionType.Text);
        Symbols.AddOpen(TagPrefix, ExpressionType.Text);
        if (schema.IsOpen)
            Symbols.AddOpen("", ExpressionType.Any);
        Windows = new WindowPlan(allowedLateness);
    }

    public MetricSchema Schema { get; }

    public SymbolTable Symbols { get; } = new();

    public WindowPlan Windows { get; }

    /// <summary>Models that rules name, each once.</summary>
    public IReadOnlyList<ModelBinding> Models => _models;

    /// <summary>The slot of a name, or −1 when no rule may use it.</summary>
    public int SlotOf(string name)
    {
        while (_slots.Count < Symbols.Symbols.Count)
            _slots.Add(Symbols.Symbols[_slots.Count].Name, _slots.Count);
        return _slots.GetValueOrDefault(name, -1);
    }

    /// <summary>Whether a name is an attribute of the device and not a metric of the reading.</summary>
    public static bool IsAttribute(string name) => name.StartsWith(AttributePrefix, StringComparison.Ordinal);

    /// <summary>Takes a model up; its outputs get slots of their own.</summary>
    public ModelBinding Add(IModel model)
    {
        if (_models.Find(m => m.Model.Name == model.Name) is { } known)
            return known;
        var inputs = model.Inputs.Select(name => Symbols.Symbols.Any(s => s.Name == name) ? SlotOf(name) : -1).ToArray();
        var outputs = model.Outputs.Select(name => Symbols.Add(model.Name + "." + name, ExpressionType.Number).Slot).ToArray();
        var binding = new ModelBinding(model, inputs, outputs);
        _models.Add(binding);
        return binding;
    }
}
