using Garam.Decoding.Specs;
using Garam.Decoding.Values;

namespace Garam.Decoding.Hex;

/// <summary>Turns layouts of bytes into decoders.</summary>
internal static class HexCompiler
{
    public static LayoutDecoder Compile(LayoutSpec layout, ValuePlanner planner, ContractPlan contract) => layout switch
    {
        LengthBasedSpec lengthBased => CompileLengthBased(lengthBased, planner, contract),
        KeyValueSpec keyValue => new KeyValueDecoder(keyValue, [.. keyValue.Entries.Select(entry => CompileKey(entry, planner))], contract),
        HybridSpec hybrid => new HybridDecoder(hybrid, [.. hybrid.Sections.Select(section => Steps(section.Items, planner))], contract),
        _ => throw new ArgumentException("not a layout of bytes", nameof(layout)),
    };

    private static LengthBasedDecoder CompileLengthBased(LengthBasedSpec spec, ValuePlanner planner, ContractPlan contract)
    {
        var steps = Steps(spec.Items, planner);
        var rounds = spec.Rounds is null ? [] : Steps(spec.Rounds.Items, planner);
        var count = spec.Rounds?.CountField is { } field ? planner.Table.Declare(field, MetricKind.Number) : -1;
        return new LengthBasedDecoder(spec, steps, rounds, count, contract);
    }

    private static KeyPlan CompileKey(KeyEntry entry, ValuePlanner planner) =>
        new(entry.ValueLength ?? -1, entry.OwnReading, Steps(entry.Items, planner));

    private static HexStep[] Steps(IReadOnlyList<HexItem> items, ValuePlanner planner) => [.. items.Select(item => Step(item, planner))];

    private static HexStep Step(HexItem item, ValuePlanner planner) => item switch
    {
        FieldItem field => new FieldStep(field, planner.Plan(field.Value)),
        SkipItem skip => new SkipStep(skip.Length),
        MaskItem mask => new MaskStep(mask, [.. mask.Groups.Select(group => Steps(group.Items, planner))]),
        _ => throw new ArgumentException("not an entry of a layout", nameof(item)),
    };
}
