using System.Text;

namespace Garam.Web.Manage.Sheets;

/// <summary>
/// Takes rows off CSV text as spreadsheets write it: RFC 4180, with a comma, semicolon or tabulator between cells, whichever the first line has
/// most of, or the one that a first line <c>sep=;</c> names. Rows that are empty are passed over.
/// </summary>
/// <remarks>Never throws, whatever the text. Not thread-safe.</remarks>
internal sealed class CsvReader
{
    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly string _text;
    private readonly char _separator;
    private int _at;
    private int _line = 1;

    public CsvReader(string text)
    {
        _text = text;
        var first = text.AsSpan();
        var end = first.IndexOfAny('\r', '\n');
        if (end >= 0)
            first = first[..end];
        if (first.Length == 5 && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            _separator = first[4];
            _at = first.Length;
            return;
        }

        var (most, separator) = (0, Separators[0]);
        foreach (var candidate in Separators)
        {
            if (Outside(first, candidate) is var count && count > most)
                (most, separator) = (count, candidate);
        }

        _separator = separator;
    }

    /// <summary>In which line of the text the row read last begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Whether quotes of the row read last are wrong: one is not closed, or something stands behind it.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads the next row that holds anything into <paramref name="cells"/>, without blanks around cells that have no quotes; false when there is none.</summary>
    public bool Read(List<string> cells)
    {
        while (_at < _text.Length)
        {
            cells.Clear();
            (Line, IsBroken) = (_line, false);
            do
                cells.Add(ReadCell());
            while (TakeSeparator());
            TakeLineEnd();
            if (IsBroken || cells.Exists(cell => cell.Length > 0))
                return true;
        }

        return false;
    }

    private static int Outside(ReadOnlySpan<char> line, char wanted)
    {
        var (count, isQuoted) = (0, false);
        foreach (var c in line)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (c == wanted && !isQuoted)
                count++;
        }

        return count;
    }

    private string ReadCell()
    {
        if (_at < _text.Length && _text[_at] == '"')
            return ReadQuoted();
        var rest = _text.AsSpan(_at);
        var end = rest.IndexOfAny(_separator, '\r', '\n');
        var cell = end < 0 ? rest : rest[..end];
        _at += cell.Length;
        return cell.Trim().ToString();
    }

    private string ReadQuoted()
    {
        var cell = new StringBuilder();
        var from = _at + 1;
        while (true)
        {
            var quote = _text.IndexOf('"', from);
            if (quote < 0)
            {
                // It would swallow all that follows: only its own line is given up, so that the mistakes behind it are told too.
                IsBroken = true;
                SkipToLineEnd();
                return "";
            }

            cell.Append(_text, from, quote - from);
            from = quote + 1;
            if (from < _text.Length && _text[from] == '"')
            {
                cell.Append('"');
                from++;
                continue;
            }

            break;
        }

        _line += _text.AsSpan(_at, from - _at).Count('\n');
        _at = from;
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
        if (_at < _text.Length && _text[_at] != _separator && _text[_at] is not ('\r' or '\n'))
        {
            IsBroken = true;
            SkipToLineEnd();
        }

        return cell.Replace("\r\n", "\n").ToString();
    }

    private void SkipToLineEnd()
    {
        var end = _text.AsSpan(_at).IndexOfAny('\r', '\n');
        _at = end < 0 ? _text.Length : _at + end;
    }

    private bool TakeSeparator()
    {
        if (_at >= _text.Length || _text[_at] != _separator || IsBroken)
            return false;
        _at++;
        return true;
    }

    private void TakeLineEnd()
    {
        if (_at < _text.Length && _text[_at] == '\r')
            _at++;
        if (_at < _text.Length && _text[_at] == '\n')
            _at++;
        _line++;
    }
}
