using System.Runtime.CompilerServices;
using System.Text;
using Garam.Decoding.Text;
using Garam.Decoding.Values;

namespace Garam.Decoding.Json;

/// <summary>
/// Walks through one JSON message along what the product knows of it, and writes what it finds.
/// </summary>
/// <remarks>
/// 1. The bytes were checked to be UTF-8 before; everything else of RFC 8259 is checked here, also in parts that are passed over.
/// 2. Devices send their keys in the same order every time: the key after the one just met is tried first, with one comparison and without
///    looking for the key's end. Only a miss costs a search.
/// 3. The first error ends the walk; <see cref="Error"/> has it. A value that does not fit its spec is a fault of the reading instead, and
///    the walk goes on.
/// </remarks>
internal ref struct JsonMessage(ReadOnlySpan<byte> data, JsonTree tree, DecodeOutput output)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    public DecodeError Error { get; private set; }

    public readonly int Position => _at;

    /// <summary>Where the list of readings begins; -1 when none was met.</summary>
    public int ReadingsAt { get; private set; } = -1;

    public readonly bool AtEnd => _at >= _data.Length;

    public readonly byte Current => _at < _data.Length ? _data[_at] : (byte)0;

    public void MoveTo(int position) => _at = position;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipBlanks()
    {
        // Compact JSON has none: one comparison in most calls.
        while (_at < _data.Length && _data[_at] <= ' ')
        {
            if (_data[_at] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) return;
            _at++;
        }
    }

    public bool TryTake(byte expected)
    {
        if (Current != expected || AtEnd) return false;
        _at++;
        return true;
    }

    public bool Fail(DecodeErrorCode code = DecodeErrorCode.InvalidJson)
    {
        if (Error.Code == DecodeErrorCode.None) Error = new DecodeError(code, Math.Min(_at, _data.Length));
        return false;
    }

    /// <summary>Reads an object; the cursor stands on its brace.</summary>
    public bool ReadObject(JsonNode node, int depth)
    {
        if (depth >= DecodingLimits.JsonDepthMax) return Fail(DecodeErrorCode.TooDeep);
        _at++;
        SkipBlanks();
        if (TryTake((byte)'}')) return true;
        var expected = 0;
        var properties = node.Properties;
        while (true)
        {
            ReadRun(properties, ref expected);
            if (!TryTake((byte)'"')) return Fail();
            JsonProperty? property;
            ReadOnlySpan<byte> key = default;
            if ((uint)expected < (uint)properties.Length && _data[_at..].StartsWith(properties[expected].Expected))
            {
                property = properties[expected++];
                _at += property.Expected.Length;
            }
            else
            {
                if (!ReadString(out key)) return false;
                property = node.Find(key);
                if (property is not null) expected = property.Index + 1;
                SkipBlanks();
                if (!TryTake((byte)':')) return Fail();
            }

            SkipBlanks();
            if (!ReadMember(node, property, key, depth)) return false;
            SkipBlanks();
            if (!TryTake((byte)',')) return TryTake((byte)'}') || Fail();
            SkipBlanks();
        }
    }

    /// <summary>
    /// Reads members as long as each is the expected one and a number, written with at most one blank after colon and comma: what most
    /// devices send. It stops before the first that is not, and everything else is <see cref="ReadObject"/>'s. Worth an eighth of a message of
    /// eight numbers.
    /// </summary>
    private void ReadRun(JsonProperty[] properties, ref int expected)
    {
        var data = _data;
        var at = _at;
        var next = expected;
        while ((uint)next < (uint)properties.Length && (uint)at < (uint)data.Length && data[at] == '"')
        {
            var property = properties[next];
            if (property.Plans is not [var plan] || property.Capture >= 0 || property.Ignored) break;
            var rest = data[(at + 1)..];
            if (!rest.StartsWith(property.Expected)) break;
            rest = rest[property.Expected.Length..];
            if (rest.Length > 0 && rest[0] == ' ') rest = rest[1..];
            var form = NumberText.ReadJson(rest, out var length, out var whole, out var real);
            if (form is NumberForm.None or NumberForm.OutOfRange || (uint)length >= (uint)rest.Length || rest[length] != ',') break;
            if (form == NumberForm.Whole) plan.WriteWhole(output, whole);
            else plan.WriteNumber(output, real);
            at = data.Length - rest.Length + length + 1;
            if ((uint)at < (uint)data.Length && data[at] == ' ') at++;
            next++;
        }

        _at = at;
        expected = next;
    }

    /// <summary>Passes over any value, checking it.</summary>
    public bool SkipValue(int depth)
    {
        var at = _at;
        var code = JsonSkip.Value(_data, ref at, depth);
        _at = at;
        return code == DecodeErrorCode.None || Fail(code);
    }

    /// <summary>Reads the value of a key, or of a place in a list.</summary>
    private bool ReadMember(JsonNode node, JsonProperty? property, scoped ReadOnlySpan<byte> key, int depth)
    {
        var first = Current;
        if (property is { IsNumberLikely: true } && (first == '-' || (uint)(first - '0') <= 9)) return ReadNumber(property);
        if (property is null && !node.Open) return SkipValue(depth);
        if (property is null || (node.Open && NeedsMore(property, first)))
        {
            if (property is { Ignored: true }) return SkipValue(depth);
            property = TakeUp(node, property is null ? key : property.Key, first);
            if (property is null) return SkipValue(depth);
        }

        if (property.Ignored) return SkipValue(depth);
        switch (first)
        {
            case (byte)'"':
                _at++;
                return ReadText(property);
            case (byte)'{':
                return property.Child is { } child ? ReadObject(child, depth + 1) : SkipMismatch(property, depth);
            case (byte)'[':
                return ReadListMember(property, depth);
            case (byte)'t':
                return Take("true"u8) && WriteTruth(property, true);
            case (byte)'f':
                return Take("false"u8) && WriteTruth(property, false);
            case (byte)'n':
                return Take("null"u8);
            default:
                return ReadNumber(property);
        }
    }

    private bool ReadListMember(JsonProperty property, int depth)
    {
        if (property.HoldsReadings)
        {
            ReadingsAt = _at;
            return SkipValue(depth + 1);
        }

        return property.Child is { } list ? ReadList(list, depth + 1) : SkipMismatch(property, depth);
    }

    /// <summary>A spec that wants a number and meets an object has a fault in its reading; the message is still walked through.</summary>
    private bool SkipMismatch(JsonProperty property, int depth)
    {
        if (property.Plans.Length > 0) output.SetFault(DecodeErrorCode.WrongType, _at, property.Plans[0].Name);
        return SkipValue(depth + 1);
    }

    /// <summary>Reads a list whose places are known one by one.</summary>
    private bool ReadList(JsonNode node, int depth)
    {
        if (depth >= DecodingLimits.JsonDepthMax) return Fail(DecodeErrorCode.TooDeep);
        _at++;
        SkipBlanks();
        if (TryTake((byte)']')) return true;
        Span<byte> digits = stackalloc byte[12];
        for (var place = 0; ; place++)
        {
            place.TryFormat(digits, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
            if (!ReadMember(node, node.Find(digits[..length]), digits[..length], depth)) return false;
            SkipBlanks();
            if (TryTake((byte)','))
            {
                SkipBlanks();
                continue;
            }

            return TryTake((byte)']') || Fail();
        }
    }

    private readonly bool NeedsMore(JsonProperty property, byte first) =>
        first is (byte)'{' or (byte)'['
            ? property.Child is null && !property.HoldsReadings
            : property.Plans.Length == 0 && property.Capture < 0 && first != 'n';

    private readonly JsonProperty? TakeUp(JsonNode node, scoped ReadOnlySpan<byte> key, byte first)
    {
        if (first == 'n') return null;

        // A document in a field is no metric: do not spend a place on it.
        if (first == '"' && LongText()) return null;
        var property = tree.Grow(node, key, first is (byte)'{' or (byte)'[', out var error);
        if (property is null) output.AddError(new DecodeError(error, _at));
        return property;
    }

    private readonly bool LongText()
    {
        var near = _data.Slice(_at + 1, Math.Min(_data.Length - _at - 1, DecodingLimits.TextBytesMax + 1));
        return near.Length > DecodingLimits.TextBytesMax && near.IndexOfAny((byte)'"', (byte)'\\') < 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadNumber(JsonProperty property)
    {
        if (_at >= _data.Length) return Fail();
        var form = NumberText.ReadJson(_data[_at..], out var length, out var whole, out var real);
        if (form == NumberForm.None) return Fail();
        _at += length;
        if (form == NumberForm.OutOfRange)
        {
            output.SetFault(DecodeErrorCode.NumberOutOfRange, _at - length, Encoding.UTF8.GetString(property.Key));
            return true;
        }

        foreach (var plan in property.Plans)
        {
            if (form == NumberForm.Whole) plan.WriteWhole(output, whole);
            else plan.WriteNumber(output, real);
        }

        if (property.Capture >= 0) output.Captures.SetNumber(property.Capture, real);
        return true;
    }

    private readonly bool WriteTruth(JsonProperty property, bool truth)
    {
        foreach (var plan in property.Plans) plan.WriteTruth(output, truth);
        if (property.Capture >= 0) output.Captures.SetTruth(property.Capture, truth);
        return true;
    }

    private bool ReadText(JsonProperty property)
    {
        var start = _at;
        if (!ReadString(out var text)) return false;
        foreach (var plan in property.Plans)
        {
            if (plan.Type == Values.ValueType.Any && text.Length > DecodingLimits.TextBytesMax) continue;
            plan.WriteText(output, text);
        }

        if (property.Capture >= 0 && !output.Captures.SetText(property.Capture, text))
            output.SetFault(DecodeErrorCode.TextTooLong, start, Encoding.UTF8.GetString(property.Key), text.Length);
        return true;
    }

    /// <summary>Reads a string whose opening quote is taken; an escaped one is written out into the output's working memory.</summary>
    private bool ReadString(out ReadOnlySpan<byte> text)
    {
        var rest = _data[_at..];
        var end = rest.IndexOfAny(JsonSkip.StringEnds);
        if (end >= 0 && rest[end] == '"')
        {
            text = rest[..end];
            _at += end + 1;
            return true;
        }

        text = default;
        if (end < 0 || rest[end] != '\\') return Fail();
        var at = _at;
        var valid = JsonEscapes.TryRead(_data, ref at, output, out text);
        _at = at;
        return valid || Fail();
    }

    private bool Take(ReadOnlySpan<byte> word)
    {
        if (!_data[_at..].StartsWith(word)) return Fail();
        _at += word.Length;
        return true;
    }
}
