using Garam.Decoding.Values;

namespace Garam.Decoding.Hex;

/// <summary>
/// Decodes sections between separators into one reading. Sections have fixed lengths, so a separator's byte inside a value is no separator.
/// </summary>
internal sealed class HybridDecoder : LayoutDecoder
{
    private readonly HybridSpec _spec;
    private readonly HexStep[][] _sections;
    private readonly int[] _lengths;
    private readonly ContractPlan _contract;

    public HybridDecoder(HybridSpec spec, HexStep[][] sections, ContractPlan contract)
    {
        _spec = spec;
        _sections = sections;
        _lengths = [.. spec.Sections.Select(section => HexItem.FixedEnd(section.Items) ?? 0)];
        _contract = contract;
    }

    public override DecodeError Decode(ReadOnlySpan<byte> payload, in DecodeContext context, DecodeOutput output)
    {
        var byId = _spec.Header switch
        {
            SectionHeader.Id => true,
            SectionHeader.Position => false,
            _ => Walk(payload, byId: true, output, run: false).Code == DecodeErrorCode.None,
        };
        var error = Walk(payload, byId, output, run: true);
        if (error.Code == DecodeErrorCode.None) _contract.Close(output, -1);
        return error;
    }

    /// <summary>Goes through the sections; with <paramref name="run"/> false it only finds out whether they fit.</summary>
    private DecodeError Walk(ReadOnlySpan<byte> payload, bool byId, DecodeOutput output, bool run)
    {
        var at = 0;
        for (var round = 0; at < payload.Length; round++)
        {
            // The first separator may be left out where sections go by place; ids always follow one.
            if (payload[at..].StartsWith(_spec.Separator)) at += _spec.Separator.Length;
            else if (round > 0 || byId) return new DecodeError(DecodeErrorCode.UnknownSection, at, Detail: payload[at]);
            if (at == payload.Length && round > 0 && !byId) return default;
            var section = round;
            if (byId)
            {
                if (at == payload.Length) return new DecodeError(DecodeErrorCode.Truncated, at, -1, "section_id", at + 1);
                section = IndexOf(payload[at]);
                if (section < 0) return new DecodeError(DecodeErrorCode.UnknownSection, at, Detail: payload[at]);
                at++;
            }

            if (section >= _sections.Length) return new DecodeError(DecodeErrorCode.TrailingBytes, at, -1, "the last section", payload.Length - at);
            if (payload.Length - at < _lengths[section])
                return new DecodeError(DecodeErrorCode.Truncated, payload.Length, -1, "section", at + (long)_lengths[section]);
            if (run && !Run(payload, at, section, output)) return output.Fault;
            at += _lengths[section];
        }

        return default;
    }

    private bool Run(ReadOnlySpan<byte> payload, int at, int section, DecodeOutput output)
    {
        var cursor = new HexCursor(payload);
        cursor.Enter(at);
        HexStep.RunAll(_sections[section], ref cursor, output);
        return !output.HasFault;
    }

    private int IndexOf(int id)
    {
        for (var i = 0; i < _spec.Sections.Count; i++)
            if (_spec.Sections[i].Id == id) return i;
        return -1;
    }
}
