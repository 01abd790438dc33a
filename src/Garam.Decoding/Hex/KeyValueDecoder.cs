using Garam.Decoding.Values;

namespace Garam.Decoding.Hex;

/// <summary>
/// Decodes keys and their values. Two passes where a payload holds readings of their own: first what belongs to the payload's own reading,
/// then each stored one, so that the values of a reading stay together.
/// </summary>
internal sealed class KeyValueDecoder : LayoutDecoder
{
    private readonly KeyValueSpec _spec;
    private readonly ContractPlan _contract;
    private readonly ulong[] _keys;
    private readonly KeyPlan[] _plans;

    public KeyValueDecoder(KeyValueSpec spec, KeyPlan[] plans, ContractPlan contract)
    {
        _spec = spec;
        _contract = contract;
        _keys = [.. spec.Entries.Select(entry => entry.Key)];
        _plans = plans;
    }

    public override DecodeError Decode(ReadOnlySpan<byte> payload, in DecodeContext context, DecodeOutput output)
    {
        var error = Pass(payload, output, ownReadings: false, out var ownCount);
        if (error.Code != DecodeErrorCode.None) return error;
        _contract.Close(output, -1);
        if (ownCount > 0) error = Pass(payload, output, ownReadings: true, out _);
        return error;
    }

    private DecodeError Pass(ReadOnlySpan<byte> payload, DecodeOutput output, bool ownReadings, out int ownCount)
    {
        ownCount = 0;
        var at = 0;
        while (at < payload.Length)
        {
            var error = ReadEntry(payload, ref at, out var plan, out var valueStart);
            if (error.Code != DecodeErrorCode.None) return error;
            if (plan is null) continue;
            if (plan.OwnReading) ownCount++;
            if (plan.OwnReading != ownReadings) continue;
            var cursor = new HexCursor(payload[..at]);
            cursor.Enter(valueStart);
            HexStep.RunAll(plan.Steps, ref cursor, output);
            if (ownReadings) _contract.Close(output, ownCount - 1);
            else if (output.HasFault) return output.Fault;
        }

        return default;
    }

    /// <summary>Reads a key and finds its value: from <paramref name="valueStart"/> to where <paramref name="at"/> stands afterwards.</summary>
    private DecodeError ReadEntry(ReadOnlySpan<byte> payload, ref int at, out KeyPlan? plan, out int valueStart)
    {
        plan = null;
        valueStart = at + _spec.KeyLength + _spec.PrefixLength;
        if (valueStart > payload.Length) return new DecodeError(DecodeErrorCode.Truncated, payload.Length, -1, "key", valueStart);
        var key = WireNumber.Unsigned(payload.Slice(at, _spec.KeyLength), ByteOrder.Big);
        var index = _keys.AsSpan().IndexOf(key);
        long length;
        if (_spec.PrefixLength > 0)
        {
            length = (long)WireNumber.Unsigned(payload.Slice(at + _spec.KeyLength, _spec.PrefixLength), ByteOrder.Big);
            if (index < 0 && !_spec.SkipUnknown && _spec.SkipLength is null) return Unknown(at, key);
        }
        else if (index >= 0)
        {
            length = _plans[index].ValueLength < 0 ? payload.Length - valueStart : _plans[index].ValueLength;
        }
        else if (_spec.SkipLength is { } skip)
        {
            length = skip;
        }
        else
        {
            return Unknown(at, key);
        }

        if (length > payload.Length - valueStart) return new DecodeError(DecodeErrorCode.Truncated, payload.Length, -1, "value", valueStart + length);
        at = valueStart + (int)length;
        if (index >= 0) plan = _plans[index];
        return default;
    }

    private static DecodeError Unknown(int at, ulong key) => new(DecodeErrorCode.UnknownKey, at, Detail: (long)key);
}
