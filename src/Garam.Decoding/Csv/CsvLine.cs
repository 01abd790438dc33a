namespace Garam.Decoding.Csv;

/// <summary>Takes cells off CSV text one by one, as RFC 4180 has them; lines end with LF or CRLF.</summary>
internal ref struct CsvLine(ReadOnlySpan<byte> data, byte delimiter, DecodeOutput output)
{
    private readonly ReadOnlySpan<byte> _data = data;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position >= _data.Length;

    /// <summary>Whether the cell read last was its line's last.</summary>
    public bool LineEnded { get; private set; }

    /// <summary>Passes over empty lines.</summary>
    public void SkipEmptyLines()
    {
        while (Position < _data.Length && _data[Position] is (byte)'\n' or (byte)'\r') Position++;
    }

    /// <summary>Reads the next cell; false when its quotes are wrong.</summary>
    public bool ReadCell(out ReadOnlySpan<byte> cell)
    {
        LineEnded = false;
        if (Position < _data.Length && _data[Position] == '"') return ReadQuoted(out cell);
        var rest = _data[Position..];
        var end = rest.IndexOfAny(delimiter, (byte)'\n');
        cell = end < 0 ? rest : rest[..end];
        Position += cell.Length + 1;
        LineEnded = end < 0 || rest[end] == '\n';
        if (LineEnded) cell = cell.TrimEnd((byte)'\r');
        cell = cell.Trim(" \t"u8);
        return true;
    }

    /// <summary>Moves to the next line after a row that cannot be read.</summary>
    public void SkipLine()
    {
        if (LineEnded || AtEnd) return;
        var end = _data[Position..].IndexOf((byte)'\n');
        Position = end < 0 ? _data.Length : Position + end + 1;
        LineEnded = true;
    }

    private bool ReadQuoted(out ReadOnlySpan<byte> cell)
    {
        var start = ++Position;
        var doubled = false;
        while (true)
        {
            var quote = Position < _data.Length ? _data[Position..].IndexOf((byte)'"') : -1;
            if (quote < 0)
            {
                // An open quote would swallow the rest: only this line is given up.
                cell = default;
                Position = start;
                return false;
            }

            Position += quote + 1;
            if (Position >= _data.Length || _data[Position] != '"') break;
            doubled = true;
            Position++;
        }

        cell = _data[start..(Position - 1)];
        if (doubled) cell = Undouble(cell);
        if (Position < _data.Length && _data[Position] == '\r') Position++;
        if (Position >= _data.Length || _data[Position] == '\n') LineEnded = true;
        else if (_data[Position] != delimiter) return false;
        Position++;
        return true;
    }

    private readonly ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> cell)
    {
        var target = output.Scratch(cell.Length);
        var length = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            target[length++] = cell[i];
            if (cell[i] == '"') i++;
        }

        return target[..length];
    }
}
