using System.Text;
using Garam.Expressions;

namespace Garam.Decoding.Values;

/// <summary>
/// Values of a message that a spec needs by name rather than as a metric: operands of a SELECT, names that stand in the message.
/// Part of a <see cref="DecodeOutput"/>, reused from payload to payload.
/// </summary>
internal sealed class CaptureSet
{
    private const int InternedMax = 256;
    private readonly Dictionary<int, string> _interned = [];
    private Value[] _values = [];
    private Value[] _formula = [];
    private byte[][] _texts = [];
    private int[] _textLengths = [];

    public ReadOnlySpan<Value> Values => _values;

    public void Clear(int count)
    {
        if (_values.Length < count)
        {
            _values = new Value[count];
            _textLengths = new int[count];
            Array.Resize(ref _texts, count);
            for (var i = 0; i < count; i++) _texts[i] ??= new byte[DecodingLimits.TextBytesMax];
        }

        _values.AsSpan(0, count).Clear();
        _textLengths.AsSpan(0, count).Fill(-1);
    }

    public Span<Value> FormulaSlots(int count)
    {
        if (_formula.Length < count) _formula = new Value[count];
        return _formula.AsSpan(0, count);
    }

    public Value this[int slot] => _values[slot];

    public void SetNumber(int slot, double number)
    {
        _values[slot] = Value.Of(number);
        _textLengths[slot] = -1;
    }

    public void SetTruth(int slot, bool truth)
    {
        _values[slot] = Value.Of(truth);
        _textLengths[slot] = -1;
    }

    /// <summary>Keeps a text; false when it is too long. It becomes a string only when an expression asks (<see cref="Materialise"/>).</summary>
    public bool SetText(int slot, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > DecodingLimits.TextBytesMax) return false;
        utf8.CopyTo(_texts[slot]);
        _textLengths[slot] = utf8.Length;
        _values[slot] = Value.Missing;
        return true;
    }

    public bool TryText(int slot, out ReadOnlySpan<byte> utf8)
    {
        utf8 = _textLengths[slot] < 0 ? default : _texts[slot].AsSpan(0, _textLengths[slot]);
        return _textLengths[slot] >= 0;
    }

    /// <summary>Makes strings of the texts, for expressions. Texts that recur (modes, device ids) are made once.</summary>
    public void Materialise(int count)
    {
        for (var slot = 0; slot < count; slot++)
            if (TryText(slot, out var utf8)) _values[slot] = Value.Of(Intern(utf8));
    }

    private string Intern(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        var key = hash.ToHashCode();
        if (_interned.TryGetValue(key, out var known) && Same(known, utf8)) return known;
        var text = Encoding.UTF8.GetString(utf8);
        if (_interned.Count >= InternedMax) _interned.Clear();
        _interned[key] = text;
        return text;
    }

    private static bool Same(string text, ReadOnlySpan<byte> utf8)
    {
        Span<char> letters = stackalloc char[DecodingLimits.TextBytesMax];
        var length = Encoding.UTF8.GetChars(utf8, letters);
        return text.AsSpan().SequenceEqual(letters[..length]);
    }
}
