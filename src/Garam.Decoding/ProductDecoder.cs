using Garam.Decoding.Checksums;
using Garam.Decoding.Csv;
using Garam.Decoding.Hex;
using Garam.Decoding.Json;
using Garam.Decoding.Specs;
using Garam.Decoding.Values;

namespace Garam.Decoding;

/// <summary>
/// A product spec compiled once: bytes in, readings out.
/// </summary>
/// <remarks>
/// 1. Safe to share between threads; whatever changes during a decode is in the caller's <see cref="DecodeOutput"/>.
/// 2. The same bytes, spec and context give the same readings, on every machine and in every culture.
/// 3. Nothing a payload may contain throws; work and memory are bounded by the payload's length and <see cref="DecodingLimits"/>.
/// 4. A metric's index never changes while the decoder lives. Specs that name their metrics have them all from the start; an open JSON or
///    CSV product takes up new names as messages bring them, up to <see cref="DecodingLimits.MetricsMax"/>.
/// </remarks>
public sealed class ProductDecoder
{
    private readonly MetricTable _table = new();
    private readonly VariantPlan[] _variants;
    private readonly Dictionary<string, VariantPlan[]> _models = new(StringComparer.Ordinal);
    private readonly ValuePlanner _planner;

    private ProductDecoder(ProductSpec spec)
    {
        Spec = spec;
        _planner = new ValuePlanner(_table);
        var contract = new ContractPlan(spec.Contract, _table);
        _variants = CompileVariants(spec.Variants, contract);
        foreach (var (model, variants) in spec.Models) _models.Add(model, CompileVariants(variants, contract));
        DeclaredNames = _planner.Names;
        contract.Seal();
    }

    /// <summary>The spec this was compiled from.</summary>
    public ProductSpec Spec { get; }

    /// <summary>The metrics by index. For an open product the list grows; entries never change.</summary>
    public IReadOnlyList<MetricDefinition> Metrics => _table;

    /// <summary>Whether messages may bring metrics that the spec does not name.</summary>
    public bool IsOpen => Spec.Variants.Concat(Spec.Models.Values.SelectMany(v => v)).Any(v => v.Layout is JsonSpec { Open: true } or JsonSpec { Named.Count: > 0 } or CsvSpec { Open: true });

    /// <summary>The names of the metrics that the spec itself declares.</summary>
    internal IReadOnlySet<string> DeclaredNames { get; }

    internal ValuePlanner Planner => _planner;

    /// <summary>Compiles a checked spec.</summary>
    public static ProductDecoder Compile(ProductSpec spec) => new(spec);

    /// <summary>
    /// Whether a line is a CSV header of this product rather than values, so that a channel can keep it for its connection
    /// (<see cref="DecodeContext.CsvHeader"/>). Always false for other formats.
    /// </summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="output">Working memory; its content is lost.</param>
    public bool IsCsvHeader(ReadOnlySpan<byte> line, DecodeOutput output)
    {
        output.Clear();
        foreach (var variant in _variants)
            if (variant.Decoder is CsvDecoder csv && csv.IsHeader(line, output)) return true;
        return false;
    }

    /// <summary>Decodes one payload. Never throws for what the payload contains.</summary>
    /// <param name="payload">The bytes as received; for hex_binary also their text, <c>0x…</c>.</param>
    /// <param name="context">What the channel knows besides.</param>
    /// <param name="output">Takes the result; cleared first.</param>
    public DecodeStatus Decode(ReadOnlySpan<byte> payload, in DecodeContext context, DecodeOutput output)
    {
        output.Clear();
        if (payload.IsEmpty) return output.Fail(new DecodeError(DecodeErrorCode.EmptyPayload));
        if (payload.Length > DecodingLimits.PayloadBytesMax)
            return output.Fail(new DecodeError(DecodeErrorCode.PayloadTooLarge, Detail: payload.Length));
        if (Spec.Format == SpecFormat.HexBinary)
        {
            var text = HexText.Read(payload, output, out payload);
            if (text.Code != DecodeErrorCode.None) return output.Fail(text);
        }

        var error = DecodeVariant(payload, context, output);
        if (error.Code != DecodeErrorCode.None) return output.Fail(error);
        if (output.Readings.Length > 0) return DecodeStatus.Decoded;
        if (output.ErrorCount > 0) return DecodeStatus.Failed;
        if (output.FilteredCount > 0 || Spec.Format == SpecFormat.Csv) return DecodeStatus.Filtered;
        return output.Fail(new DecodeError(DecodeErrorCode.NothingDecoded));
    }

    private DecodeError DecodeVariant(ReadOnlySpan<byte> payload, in DecodeContext context, DecodeOutput output)
    {
        var variants = _variants;
        if (context.Model is not null && _models.TryGetValue(context.Model, out var own)) variants = own;
        foreach (var variant in variants)
        {
            if (!variant.When.Holds(payload, context.Port)) continue;
            if (variant.Decoder is null)
            {
                output.FilterReading();
                return default;
            }

            if (variant.Checksum is not null)
            {
                var error = ChecksumPlan.Check(variant.Checksum, ref payload);
                if (error.Code != DecodeErrorCode.None) return error;
            }

            return variant.Decoder.Decode(payload, context, output);
        }

        return new DecodeError(DecodeErrorCode.NoVariant, Detail: payload.Length);
    }

    private VariantPlan[] CompileVariants(IReadOnlyList<VariantSpec> variants, ContractPlan contract) =>
        [.. variants.Select(variant => new VariantPlan(variant.When, variant.Checksum, variant.Layout is null ? null : CompileLayout(variant.Layout, contract)))];

    private LayoutDecoder CompileLayout(LayoutSpec layout, ContractPlan contract) => layout switch
    {
        JsonSpec json => JsonCompiler.Compile(json, _planner, contract),
        CsvSpec csv => new CsvDecoder(csv, _planner, contract),
        _ => HexCompiler.Compile(layout, _planner, contract),
    };

    private sealed record VariantPlan(VariantCondition When, ChecksumSpec? Checksum, LayoutDecoder? Decoder);
}
