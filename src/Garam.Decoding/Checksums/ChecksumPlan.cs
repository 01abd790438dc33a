using Garam.Decoding.Hex;

namespace Garam.Decoding.Checksums;

/// <summary>Checks a frame's checksum and takes it off where it stands at the end.</summary>
internal static class ChecksumPlan
{
    public static DecodeError Check(ChecksumSpec spec, ref ReadOnlySpan<byte> payload)
    {
        var at = spec.At ?? payload.Length - spec.Length;
        if (at < spec.From || payload.Length - at < spec.Length)
            return new DecodeError(DecodeErrorCode.Truncated, payload.Length, -1, "checksum", Math.Max(at, spec.From) + (long)spec.Length);
        var computed = Checksum.Compute(spec.Kind, payload[spec.From..at]);
        var found = WireNumber.Unsigned(payload.Slice(at, spec.Length), spec.Order);
        if (computed != found) return new DecodeError(DecodeErrorCode.ChecksumMismatch, at, Detail: computed);
        if (spec.At is null) payload = payload[..at];
        return default;
    }
}
