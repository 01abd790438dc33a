using Garam.Decoding.Values;

namespace Garam.Decoding.Csv;

/// <summary>What the columns of the header line seen last become; read anew only when the line, or the decoder, is another one.</summary>
internal sealed class CsvHeaderColumns
{
    private CsvDecoder? _owner;
    private byte[] _line = [];
    private int _lineLength;

    /// <summary>A plan per column; null for columns that nobody wants.</summary>
    public ValuePlan?[] Plans { get; private set; } = [];

    /// <summary>How many columns the header has.</summary>
    public int Count { get; private set; }

    public bool IsFor(CsvDecoder owner, ReadOnlySpan<byte> line) => _owner == owner && _line.AsSpan(0, _lineLength).SequenceEqual(line);

    public void Begin(ReadOnlySpan<byte> line)
    {
        _owner = null;
        if (_line.Length < line.Length) _line = new byte[line.Length];
        line.CopyTo(_line);
        _lineLength = line.Length;
        Count = 0;
    }

    public void Add(ValuePlan? plan)
    {
        if (Count == Plans.Length)
        {
            var larger = new ValuePlan?[Math.Max(16, Count * 2)];
            Plans.CopyTo(larger, 0);
            Plans = larger;
        }

        Plans[Count++] = plan;
    }

    public void Finish(CsvDecoder owner) => _owner = owner;
}
