using System.Text;
using Garam.Decoding.Text;

namespace Garam.Decoding.Values;

/// <summary>
/// A compiled <see cref="ValueSpec"/>: takes a raw value and writes what it stands for into the open reading. Immutable but for metric
/// indices that are given out when a kind is first seen; those never change once they are set.
/// </summary>
internal sealed class ValuePlan
{
    private const int NotYet = -1;
    private readonly ValueSpec _spec;
    private readonly MetricTable _table;
    private readonly LinearScale _scale;
    private readonly bool _scaled;
    private readonly double[]? _polynomial;
    private readonly FormulaPlan? _formula;
    private readonly Dictionary<long, byte[]>? _names;
    private readonly BitPlan[] _bits;
    private readonly long[] _absent;
    private readonly double _min;
    private readonly double _max;
    private readonly bool _plainNumber;
    private readonly bool _plainReal;
    private readonly bool _emitted;
    private int _numberMetric = NotYet;
    private int _booleanMetric = NotYet;
    private int _textMetric = NotYet;

    public ValuePlan(ValueSpec spec, MetricTable table, FormulaPlan? formula)
    {
        _spec = spec;
        _table = table;
        _formula = formula;
        _scaled = spec.Scale is not null || spec.Bias is not null;
        _scale = new LinearScale(spec.Scale ?? Rational.One, spec.Bias ?? Rational.Zero);
        _polynomial = spec.Polynomial is { } coefficients ? [.. coefficients] : null;
        _names = spec.Names?.ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetBytes(entry.Value));
        _absent = [.. spec.Absent];
        _min = spec.ValidMin ?? double.NegativeInfinity;
        _max = spec.ValidMax ?? double.PositiveInfinity;
        _bits = [.. spec.Bits.Select(bit => new BitPlan(bit, new ValuePlan(bit.Value, table, null)))];
        if (spec is { Emitted: true, Role: ValueRole.Metric, Type: not ValueType.Any }) _ = Metric(spec.Kind);
        _plainNumber = spec is { Emitted: true, Role: ValueRole.Metric } && _bits.Length == 0 && _names is null && _absent.Length == 0
            && _polynomial is null && _formula is null && spec.Type is ValueType.Number or ValueType.Integer or ValueType.Any;
        _plainReal = _plainNumber && spec.Type != ValueType.Integer;
        _emitted = spec.Emitted;
    }

    public string Name => _spec.Name;

    public ValueType Type => _spec.Type;

    public bool IsBoolean => _spec.Type == ValueType.Boolean;

    public bool IsTime => _spec.Role != ValueRole.Metric;

    /// <summary>Declares a metric whose kind a message decides as the number it most likely is, so that it is known before the first message.</summary>
    public void DeclareNumber() => _ = Metric(MetricKind.Number);

    /// <summary>Writes a whole number read from bytes or from a message.</summary>
    public void WriteWhole(DecodeOutput output, long raw)
    {
        if (_plainNumber)
        {
            Emit(output, _scaled ? _scale.Apply(raw) : raw);
            return;
        }

        if (_absent.AsSpan().Contains(raw)) return;
        foreach (var bit in _bits) bit.Write(output, raw);
        if (IsTime) WriteTime(output, raw);
        else if (_names is not null) WriteName(output, raw);
        else if (IsBoolean) WriteTruth(output, raw != 0);
        else if (_spec.Type == ValueType.Text) output.SetFault(DecodeErrorCode.WrongType, subject: Name);
        else Finish(output, _scaled ? _scale.Apply(raw) : raw);
    }

    /// <summary>Writes an unsigned 64-bit number; beyond 2^63 only its bits and its magnitude are exact.</summary>
    public void WriteUnsigned(DecodeOutput output, ulong raw)
    {
        if (raw <= long.MaxValue)
        {
            WriteWhole(output, (long)raw);
            return;
        }

        if (_absent.AsSpan().Contains((long)raw)) return;
        foreach (var bit in _bits) bit.Write(output, (long)raw);
        if (IsTime) output.SetFault(DecodeErrorCode.InvalidTimestamp, subject: Name);
        else if (IsBoolean) WriteTruth(output, true);
        else Finish(output, _scaled ? _scale.Apply((double)raw) : raw);
    }

    /// <summary>Writes a number with a fraction.</summary>
    public void WriteNumber(DecodeOutput output, double raw)
    {
        if (_plainReal)
        {
            Emit(output, _scaled ? _scale.Apply(raw) : raw);
            return;
        }

        // Bits, names and times are about whole numbers; a message may write one as 3.0.
        var whole = (long)raw;
        if (whole == raw && Math.Abs(raw) < 9e18)
        {
            WriteWhole(output, whole);
            return;
        }

        if (_spec.Type == ValueType.Integer || _names is not null || _bits.Length > 0) output.SetFault(DecodeErrorCode.WrongType, subject: Name);
        else if (IsTime) WriteTime(output, raw);
        else if (IsBoolean) WriteTruth(output, raw != 0);
        else if (_spec.Type == ValueType.Text) output.SetFault(DecodeErrorCode.WrongType, subject: Name);
        else Finish(output, _scaled ? _scale.Apply(raw) : raw);
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteTruth(DecodeOutput output, bool truth)
    {
        switch (_spec.Type)
        {
            case ValueType.Any or ValueType.Boolean when _names is null:
                if (_spec.Emitted && Metric(MetricKind.Boolean) is >= 0 and var metric) output.Add(metric, MetricKind.Boolean, truth ? 1 : 0);
                else if (_spec.Emitted) output.AddError(new DecodeError(DecodeErrorCode.TooManyMetrics, Subject: Name));
                break;
            case ValueType.Text:
            case var _ when IsTime:
                output.SetFault(DecodeErrorCode.WrongType, subject: Name);
                break;
            default:
                WriteWhole(output, truth ? 1 : 0);
                break;
        }
    }

    /// <summary>
    /// Writes a text as it stands in a message or a cell. Where the spec wants a number, a time or a boolean, the text must be one.
    /// </summary>
    public void WriteText(DecodeOutput output, ReadOnlySpan<byte> utf8)
    {
        switch (_spec.Type)
        {
            case ValueType.Any:
            case ValueType.Text:
                EmitText(output, utf8);
                break;
            case ValueType.Boolean:
                if (TextForms.TryTruth(utf8, out var truth)) WriteTruth(output, truth);
                else output.SetFault(DecodeErrorCode.WrongType, subject: Name);
                break;
            case ValueType.Iso8601:
            case ValueType.AnyTime when IsoTime.Looks(utf8):
                if (IsoTime.TryParse(utf8, out var us)) SetTime(output, us);
                else output.SetFault(DecodeErrorCode.InvalidTimestamp, subject: Name);
                break;
            default:
                var number = NumberText.Parse(utf8, out var whole, out var real);
                if (number == NumberForm.Whole) WriteWhole(output, whole);
                else if (number == NumberForm.Real) WriteNumber(output, real);
                else output.SetFault(number == NumberForm.OutOfRange ? DecodeErrorCode.NumberOutOfRange : DecodeErrorCode.InvalidNumber, subject: Name);
                break;
        }
    }

    /// <summary>Writes a cell of a table, where numbers and booleans are texts too.</summary>
    public void WriteCell(DecodeOutput output, ReadOnlySpan<byte> utf8)
    {
        if (_spec.Type != ValueType.Any)
        {
            WriteText(output, utf8);
            return;
        }

        var form = NumberText.Parse(utf8, out var whole, out var real);
        if (form == NumberForm.Whole) WriteWhole(output, whole);
        else if (form == NumberForm.Real) WriteNumber(output, real);
        else if (form == NumberForm.OutOfRange) output.SetFault(DecodeErrorCode.NumberOutOfRange, subject: Name);
        else if (utf8.Length is 4 or 5 && TextForms.TryTruth(utf8, out var truth)) WriteTruth(output, truth);
        else EmitText(output, utf8);
    }

    /// <summary>Writes a text that was read by its own type and is known to be valid.</summary>
    public void EmitText(DecodeOutput output, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > DecodingLimits.TextBytesMax) output.SetFault(DecodeErrorCode.TextTooLong, subject: Name, detail: utf8.Length);
        else if (_spec.Emitted && Metric(MetricKind.Text) is >= 0 and var metric) output.AddText(metric, utf8);
        else if (_spec.Emitted) output.AddError(new DecodeError(DecodeErrorCode.TooManyMetrics, Subject: Name));
    }

    private void Finish(DecodeOutput output, double number)
    {
        if (_polynomial is not null)
        {
            // Horner: one rounding per term, the same order on every machine.
            var sum = 0d;
            for (var i = _polynomial.Length - 1; i >= 0; i--) sum = sum * number + _polynomial[i];
            number = sum;
        }

        if (_formula is not null) number = _formula.Evaluate(output, number);
        Emit(output, number);
    }

    private void Emit(DecodeOutput output, double number)
    {
        if (!_emitted) return;
        var metric = _numberMetric >= 0 ? _numberMetric : Metric(MetricKind.Number);
        if (metric < 0)
        {
            output.AddError(new DecodeError(DecodeErrorCode.TooManyMetrics, Subject: Name));
            return;
        }

        // NaN and the infinities are no values: the metric stays away and the reading is marked.
        if (!double.IsFinite(number))
        {
            output.AddViolation(metric);
            return;
        }

        output.Add(metric, MetricKind.Number, number);
        if (number < _min || number > _max) output.AddViolation(metric);
    }

    private void WriteName(DecodeOutput output, long raw)
    {
        if (!_spec.Emitted) return;
        var metric = Metric(MetricKind.Text);
        if (metric < 0)
        {
            output.AddError(new DecodeError(DecodeErrorCode.TooManyMetrics, Subject: Name));
            return;
        }

        if (_names!.TryGetValue(raw, out var name))
        {
            output.AddText(metric, name);
            return;
        }

        // A number without a name is kept as its digits and marked: a newer firmware's mode must not be lost.
        Span<byte> digits = stackalloc byte[24];
        raw.TryFormat(digits, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
        output.AddText(metric, digits[..length]);
        output.AddViolation(metric);
    }

    private void WriteTime(DecodeOutput output, double raw)
    {
        var milliseconds = _spec.Type == ValueType.UnixMilliseconds || (_spec.Type == ValueType.AnyTime && Math.Abs(raw) >= IsoTime.SecondsMax);
        if (_spec.Type == ValueType.Iso8601) output.SetFault(DecodeErrorCode.InvalidTimestamp, subject: Name);
        else if (IsoTime.TryFromUnix(raw, milliseconds, out var us)) SetTime(output, us);
        else output.SetFault(DecodeErrorCode.InvalidTimestamp, subject: Name);
    }

    private void SetTime(DecodeOutput output, long us)
    {
        if (_spec.Role == ValueRole.HubTime) output.SetHubTime(us);
        else if (_spec.Role == ValueRole.DeviceTime) output.SetDeviceTime(us);
        else Emit(output, us / 1_000_000d);
    }

    /// <summary>The index of the metric for a kind of value; -1 when the product has no room for it.</summary>
    private int Metric(MetricKind kind)
    {
        ref var metric = ref kind == MetricKind.Number ? ref _numberMetric : ref kind == MetricKind.Boolean ? ref _booleanMetric : ref _textMetric;
        if (metric < 0) metric = _table.Declare(_spec.Name, kind, _spec.Unit, kind == MetricKind.Number ? _spec.ValidMin : null, kind == MetricKind.Number ? _spec.ValidMax : null);
        return metric;
    }
}
