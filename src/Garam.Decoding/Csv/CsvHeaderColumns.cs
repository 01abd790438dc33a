using Garam.Decoding.Values;

namespace Garam.Decoding.Csv;

/// <summary>What the columns of the header line seen last become; read anew only when the line, or the decoder, is another one.</summary>
internal sealed class CsvHeaderColumns
{
    private CsvDecoder? _owner;
    private byte[] _line = [];
    private int _lineLength;

    private ValuePlan[][] _plans = [];
    private int _count;

    /// <summary>What each column becomes; nothing for columns that nobody wants.</summary>
    public ReadOnlySpan<ValuePlan[]> Plans => _plans.AsSpan(0, _count);

    public bool IsFor(CsvDecoder owner, ReadOnlySpan<byte> line) => _owner == owner && _line.AsSpan(0, _lineLength).SequenceEqual(line);

    public void Begin(ReadOnlySpan<byte> line)
    {
        _owner = null;
        if (_line.Length < line.Length) _line = new byte[line.Length];
        line.CopyTo(_line);
        _lineLength = line.Length;
        _count = 0;
    }

    public void Add(ValuePlan[] plans)
    {
        if (_count == _plans.Length) Array.Resize(ref _plans, Math.Max(16, _count * 2));
        _plans[_count++] = plans;
    }

    /// <summary>Whether one of the columns becomes this.</summary>
    public bool Has(ValuePlan plan)
    {
        foreach (var column in Plans)
            if (column.AsSpan().Contains(plan)) return true;
        return false;
    }

    public void Finish(CsvDecoder owner) => _owner = owner;
}
