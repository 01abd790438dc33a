using System.Runtime.CompilerServices;
using System.Text;

namespace Garam.Decoding;

/// <summary>
/// What a decoder writes into: readings, values, texts and errors of one payload.
/// </summary>
/// <remarks>
/// Owned by the caller and used by one thread at a time; keep one per lane. Every <see cref="ProductDecoder.Decode"/> clears it first,
/// so spans taken from it are valid until the next decode. Its buffers grow to the largest payload seen, within
/// <see cref="DecodingLimits"/>, and are then reused: a decode in steady state allocates nothing.
/// Invariants:
/// 1. values of a reading are contiguous and each is of another metric (the last one written wins);
/// 2. a reading that fails leaves no trace but its error;
/// 3. <c>slots[m]</c> is the index of metric m's value when that lies in the open reading and names m; else it is stale and means nothing,
///    so nothing has to be cleared between readings.
/// </remarks>
public sealed class DecodeOutput
{
    private readonly int[] _slots = new int[DecodingLimits.MetricsMax];
    private readonly DecodeError[] _errors = new DecodeError[DecodingLimits.ErrorsListedMax];
    private DecodedReading[] _readings = new DecodedReading[16];
    private DecodedValue[] _values = new DecodedValue[64];
    private ushort[] _violations = new ushort[16];
    private byte[] _text = new byte[256];
    private byte[] _scratch = [];
    private int _readingCount;
    private int _valueCount;
    private int _violationCount;
    private int _textCount;
    private int _firstValue;
    private int _firstViolation;
    private int _firstText;
    private DecodedValue[] _inherited = [];
    private int _inheritedCount;
    private long _inheritedDeviceTimeUs;
    private long _inheritedHubTimeUs;
    private long _deviceTimeUs;
    private long _hubTimeUs;
    private DecodeError _fault;

    /// <summary>The readings, in the payload's order.</summary>
    public ReadOnlySpan<DecodedReading> Readings => _readings.AsSpan(0, _readingCount);

    /// <summary>All readings' values.</summary>
    public ReadOnlySpan<DecodedValue> Values => _values.AsSpan(0, _valueCount);

    /// <summary>Indices of metrics that broke the contract, by reading.</summary>
    public ReadOnlySpan<ushort> Violations => _violations.AsSpan(0, _violationCount);

    /// <summary>What failed: the payload, or single rows of it; at most <see cref="DecodingLimits.ErrorsListedMax"/>.</summary>
    public ReadOnlySpan<DecodeError> Errors => _errors.AsSpan(0, Math.Min(ErrorCount, _errors.Length));

    /// <summary>How many errors there were, listed or not. Not zero with readings beside it means: some rows were lost.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>How many rows were left out because a WHERE was false.</summary>
    public int FilteredCount { get; private set; }

    /// <summary>The columns of the CSV header line seen last, so that a connection's header is read once.</summary>
    internal Csv.CsvHeaderColumns CsvHeader { get; } = new();

    /// <summary>Values that a spec needs by name while a JSON message or CSV row is read.</summary>
    internal Values.CaptureSet Captures { get; } = new();

    /// <summary>Whether the open reading has met a fault.</summary>
    internal bool HasFault => _fault.Code != DecodeErrorCode.None;

    internal DecodeError Fault => _fault;

    internal int OpenValueCount => _valueCount - _firstValue;

    internal bool HasViolations => _violationCount > _firstViolation;

    internal int FirstViolation => _violations[_firstViolation];

    internal bool HasDeviceTime => _deviceTimeUs != DecodedReading.NoTime;

    /// <summary>The values of a reading.</summary>
    public ReadOnlySpan<DecodedValue> ValuesOf(in DecodedReading reading) => _values.AsSpan(reading.FirstValue, reading.ValueCount);

    /// <summary>The metrics of a reading that broke the contract.</summary>
    public ReadOnlySpan<ushort> ViolationsOf(in DecodedReading reading) => _violations.AsSpan(reading.FirstViolation, reading.ViolationCount);

    /// <summary>A text value's bytes, UTF-8.</summary>
    public ReadOnlySpan<byte> TextOf(in DecodedValue value) => _text.AsSpan(value.TextStart, value.TextLength);

    /// <summary>A text value as a string; allocates.</summary>
    public string StringOf(in DecodedValue value) => Encoding.UTF8.GetString(TextOf(value));

    internal void Clear()
    {
        _readingCount = _valueCount = _violationCount = _textCount = 0;
        ErrorCount = FilteredCount = 0;
        BeginReading();
    }

    internal void BeginReading()
    {
        _firstValue = _valueCount;
        _firstViolation = _violationCount;
        _firstText = _textCount;
        _deviceTimeUs = _hubTimeUs = DecodedReading.NoTime;
        _fault = default;
    }

    /// <summary>Closes the open reading: keeps it, or takes it back and lists its fault.</summary>
    internal bool EndReading(int row)
    {
        if (HasFault || _readingCount >= DecodingLimits.ReadingsMax)
        {
            var error = HasFault ? _fault : new DecodeError(DecodeErrorCode.TooManyReadings);
            DiscardReading();
            AddError(error with { Row = row });
            return false;
        }

        if (_readingCount == _readings.Length) Array.Resize(ref _readings, _readings.Length * 2);
        var suspect = _violationCount > _firstViolation ? ReadingFlags.Suspect : ReadingFlags.None;
        _readings[_readingCount++] = new DecodedReading(
            _deviceTimeUs, _hubTimeUs, suspect, _firstValue, _valueCount - _firstValue, _firstViolation, _violationCount - _firstViolation);
        BeginReading();
        return true;
    }

    /// <summary>Takes the open reading's values out of it, to begin every following reading with (<see cref="Inherit"/>).</summary>
    internal void KeepForEach()
    {
        _inheritedCount = OpenValueCount;
        if (_inherited.Length < _inheritedCount) _inherited = new DecodedValue[_values.Length];
        _values.AsSpan(_firstValue, _inheritedCount).CopyTo(_inherited);
        (_inheritedDeviceTimeUs, _inheritedHubTimeUs) = (_deviceTimeUs, _hubTimeUs);
        _firstText = _textCount;
        DiscardReading();
    }

    /// <summary>Writes what <see cref="KeepForEach"/> took into the open reading.</summary>
    internal void Inherit()
    {
        (_deviceTimeUs, _hubTimeUs) = (_inheritedDeviceTimeUs, _inheritedHubTimeUs);
        foreach (ref readonly var value in _inherited.AsSpan(0, _inheritedCount))
        {
            var slot = Append(value.Metric);
            if (slot >= 0) _values[slot] = value;
        }
    }

    internal void DiscardReading()
    {
        _valueCount = _firstValue;
        _violationCount = _firstViolation;
        _textCount = _firstText;
        BeginReading();
    }

    internal void FilterReading()
    {
        DiscardReading();
        FilteredCount++;
    }

    internal void AddError(in DecodeError error)
    {
        if (ErrorCount < _errors.Length) _errors[ErrorCount] = error;
        ErrorCount++;
    }

    /// <summary>Takes everything back and leaves one error: the payload as a whole is bad.</summary>
    internal DecodeStatus Fail(in DecodeError error)
    {
        Clear();
        AddError(error);
        return DecodeStatus.Failed;
    }

    /// <summary>Marks the open reading as failed; the first fault counts.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool SetFault(DecodeErrorCode code, int offset = -1, string? subject = null, long detail = 0)
    {
        if (!HasFault) _fault = new DecodeError(code, offset, -1, subject, detail);
        return false;
    }

    internal void SetDeviceTime(long us) => _deviceTimeUs = us;

    internal void SetHubTime(long us) => _hubTimeUs = us;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(int metric, MetricKind kind, double number)
    {
        var slot = _slots[metric];
        if (!IsOpen(slot, metric)) slot = Append(metric);
        if (slot >= 0) _values[slot] = new DecodedValue(number, 0, 0, (ushort)metric, kind);
    }

    internal void AddText(int metric, ReadOnlySpan<byte> utf8)
    {
        var slot = _slots[metric];
        if (!IsOpen(slot, metric)) slot = Append(metric);
        if (slot < 0) return;
        var start = _textCount;
        EnsureText(utf8.Length);
        utf8.CopyTo(_text.AsSpan(_textCount));
        _textCount += utf8.Length;
        _values[slot] = new DecodedValue(0, start, utf8.Length, (ushort)metric, MetricKind.Text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void AddViolation(int metric)
    {
        // One metric written often in one reading (a repeated key) is one violation.
        if (_violations.AsSpan(_firstViolation, _violationCount - _firstViolation).Contains((ushort)metric)) return;
        if (_violationCount == _violations.Length) Array.Resize(ref _violations, _violations.Length * 2);
        _violations[_violationCount++] = (ushort)metric;
    }

    internal bool Holds(int metric) => IsOpen(_slots[metric], metric);

    internal bool TryGetOpen(int metric, out DecodedValue value)
    {
        var slot = _slots[metric];
        var found = IsOpen(slot, metric);
        value = found ? _values[slot] : default;
        return found;
    }

    /// <summary>Working memory of at least this many bytes; its content is undefined and one user at a time may hold it.</summary>
    internal Span<byte> Scratch(int bytes)
    {
        if (_scratch.Length < bytes) _scratch = new byte[Math.Max(bytes, Math.Min(_scratch.Length * 2, DecodingLimits.PayloadBytesMax))];
        return _scratch;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOpen(int slot, int metric) =>
        (uint)slot < (uint)_valueCount && slot >= _firstValue && _values[slot].Metric == metric;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Append(int metric)
    {
        if (_valueCount == _values.Length && !Grow()) return -1;
        return _slots[metric] = _valueCount++;
    }

    private bool Grow()
    {
        if (_valueCount >= DecodingLimits.ValuesMax) return SetFault(DecodeErrorCode.TooManyValues);
        Array.Resize(ref _values, Math.Min(_values.Length * 2, DecodingLimits.ValuesMax));
        return true;
    }

    private void EnsureText(int more)
    {
        if (_text.Length - _textCount < more) Array.Resize(ref _text, Math.Max(_text.Length * 2, _textCount + more));
    }
}
