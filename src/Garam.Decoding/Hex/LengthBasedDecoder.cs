using Garam.Decoding.Values;

namespace Garam.Decoding.Hex;

/// <summary>Decodes fields at fixed places, then the rounds at the end.</summary>
internal sealed class LengthBasedDecoder(LengthBasedSpec spec, HexStep[] steps, HexStep[] roundSteps, int countMetric, ContractPlan contract) : LayoutDecoder
{
    private readonly int _roundLength = spec.Rounds is null ? 0 : HexItem.FixedEnd(spec.Rounds.Items) ?? 0;

    public override DecodeError Decode(ReadOnlySpan<byte> payload, in DecodeContext context, DecodeOutput output)
    {
        var cursor = new HexCursor(payload);
        HexStep.RunAll(steps, ref cursor, output);
        if (output.HasFault) return output.Fault;
        var rounds = spec.Rounds is null ? 0 : CountRounds(payload.Length - cursor.End, output);
        if (spec.TrailingRejected && spec.Rounds is null && cursor.End < payload.Length)
            return new DecodeError(DecodeErrorCode.TrailingBytes, cursor.End, -1, "the last field", payload.Length - cursor.End);
        contract.Close(output, -1);
        var at = cursor.End;
        for (var round = 0; round < rounds; round++, at += _roundLength)
        {
            cursor.Enter(at);
            if (!HexStep.RunAll(roundSteps, ref cursor, output) && output.Fault.Code == DecodeErrorCode.Truncated) rounds = round;
            contract.Close(output, round);
        }

        return default;
    }

    private int CountRounds(int bytesLeft, DecodeOutput output)
    {
        var fitting = Math.Min(bytesLeft / _roundLength, DecodingLimits.ReadingsMax);
        if (spec.Rounds!.Times is { } times) return times;
        if (countMetric < 0) return fitting;

        // A count from the wire is believed only as far as there are bytes; one more round than fits then tells what is missing.
        if (!output.TryGetOpen(countMetric, out var count)) return 0;
        return (int)Math.Clamp(count.Number, 0, fitting + 1);
    }
}
