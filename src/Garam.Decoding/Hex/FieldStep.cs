using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Garam.Decoding.Values;

namespace Garam.Decoding.Hex;

/// <summary>Reads one field of bytes.</summary>
internal sealed class FieldStep : HexStep
{
    private readonly ValuePlan _value;
    private readonly string _name;
    private readonly int _offset;
    private readonly int _length;
    private readonly WireType _type;
    private readonly ByteOrder _order;
    private readonly bool _optional;

    public FieldStep(FieldItem item, ValuePlan value)
    {
        _value = value;
        _name = item.Value.Name;
        _offset = item.Offset ?? -1;
        _length = item.Length ?? -1;
        _type = item.Type;
        _order = item.Order;
        _optional = item.Optional;
    }

    public override bool Run(ref HexCursor cursor, DecodeOutput output)
    {
        var at = _offset < 0 ? cursor.Position : cursor.Start + _offset;
        var left = cursor.Data.Length - at;
        var length = _length < 0 ? left : _length;
        if (length > left || length <= 0) return EndsEarly(cursor.Data.Length, at, output);
        cursor.Advance(at + length);
        var bytes = cursor.Data.Slice(at, length);
        switch (_type)
        {
            case WireType.Unsigned:
                _value.WriteUnsigned(output, WireNumber.Unsigned(bytes, _order));
                break;
            case WireType.Signed:
                _value.WriteWhole(output, WireNumber.Signed(bytes, _order));
                break;
            case WireType.Bool:
                _value.WriteTruth(output, WireNumber.Unsigned(bytes, _order) != 0);
                break;
            default:
                RunOther(bytes, at, output);
                break;
        }

        return true;
    }

    private bool EndsEarly(int dataLength, int at, DecodeOutput output)
    {
        if (_optional || _length < 0) return true;
        return output.SetFault(DecodeErrorCode.Truncated, dataLength, _name, at + (long)_length);
    }

    private void RunOther(ReadOnlySpan<byte> bytes, int at, DecodeOutput output)
    {
        switch (_type)
        {
            case WireType.Float32:
                _value.WriteNumber(output, BitConverter.UInt32BitsToSingle((uint)WireNumber.Unsigned(bytes, _order)));
                break;
            case WireType.Float64:
                _value.WriteNumber(output, BitConverter.UInt64BitsToDouble(WireNumber.Unsigned(bytes, _order)));
                break;
            case WireType.Bcd:
                RunBcd(WireNumber.Unsigned(bytes, _order), bytes.Length, at, output);
                break;
            case WireType.HexText:
                RunHex(bytes, output);
                break;
            case WireType.Version:
                RunVersion(bytes, output);
                break;
            default:
                // Fixed-length texts are padded with zeros or blanks.
                bytes = bytes.TrimEnd((byte)0).TrimEnd((byte)' ');
                var valid = _type == WireType.Ascii ? Ascii.IsValid(bytes) : Utf8.IsValid(bytes);
                if (valid && bytes.IndexOf((byte)0) < 0) _value.EmitText(output, bytes);
                else output.SetFault(DecodeErrorCode.InvalidText, at, _name);
                break;
        }
    }

    private void RunBcd(ulong digits, int length, int at, DecodeOutput output)
    {
        var number = 0L;
        for (var shift = length * 8 - 4; shift >= 0; shift -= 4)
        {
            var digit = (long)(digits >> shift) & 0xF;
            if (digit > 9)
            {
                output.SetFault(DecodeErrorCode.InvalidBcd, at, _name);
                return;
            }

            number = number * 10 + digit;
        }

        _value.WriteWhole(output, number);
    }

    private void RunHex(ReadOnlySpan<byte> bytes, DecodeOutput output)
    {
        if (bytes.Length > DecodingLimits.TextBytesMax / 2)
        {
            output.SetFault(DecodeErrorCode.TextTooLong, subject: _name, detail: bytes.Length * 2L);
            return;
        }

        Span<byte> digits = stackalloc byte[DecodingLimits.TextBytesMax];
        for (var i = 0; i < bytes.Length; i++)
        {
            digits[i * 2] = "0123456789abcdef"u8[bytes[i] >> 4];
            digits[i * 2 + 1] = "0123456789abcdef"u8[bytes[i] & 0xF];
        }

        _value.EmitText(output, digits[..(bytes.Length * 2)]);
    }

    private void RunVersion(ReadOnlySpan<byte> bytes, DecodeOutput output)
    {
        Span<byte> text = stackalloc byte[16];
        var length = 0;
        foreach (var part in bytes)
        {
            if (length > 0) text[length++] = (byte)'.';
            part.TryFormat(text[length..], out var digits, provider: CultureInfo.InvariantCulture);
            length += digits;
        }

        _value.EmitText(output, text[..length]);
    }
}
