using System.Text;
using System.Text.Unicode;
using Garam.Decoding.Json;
using Garam.Decoding.Text;
using Garam.Decoding.Values;

namespace Garam.Decoding.Csv;

/// <summary>
/// Decodes CSV: every row is a reading. A row that cannot be read is reported and the next one goes on; an empty cell is no value.
/// </summary>
internal sealed class CsvDecoder : LayoutDecoder
{
    private readonly CsvSpec _spec;
    private readonly ContractPlan _contract;
    private readonly JsonNode _columns = new("", open: true);
    private readonly JsonTree _tree;
    private readonly ValuePlan[] _plans;
    private readonly ValuePlan[][] _places;
    private readonly bool[] _required;

    public CsvDecoder(CsvSpec spec, ValuePlanner planner, ContractPlan contract)
    {
        _spec = spec;
        _contract = contract;
        _tree = new JsonTree(_columns, planner.Table);
        _plans = [.. spec.Mappings.Select(mapping => planner.Plan(mapping.Value))];
        _places = [.. Enumerable.Repeat<ValuePlan[]>([], spec.Mappings.Select(mapping => mapping.Place + 1).DefaultIfEmpty(0).Max())];
        _required = new bool[_places.Length];
        for (var i = 0; i < _plans.Length; i++)
        {
            var mapping = spec.Mappings[i];
            foreach (var name in mapping.Columns)
            {
                var column = _columns.GetOrAdd(Encoding.UTF8.GetBytes(name));
                column.Plans = [.. column.Plans, _plans[i]];
            }

            if (mapping.Place < 0) continue;
            _places[mapping.Place] = [.. _places[mapping.Place], _plans[i]];
            _required[mapping.Place] |= !mapping.Optional;
        }

        foreach (var name in spec.Ignored) _columns.GetOrAdd(Encoding.UTF8.GetBytes(name)).Ignored = true;
    }

    /// <summary>Whether a line names columns instead of holding values.</summary>
    public bool IsHeader(ReadOnlySpan<byte> line, DecodeOutput output)
    {
        if (!_spec.Header || !Utf8.IsValid(line)) return false;
        var cells = new CsvLine(line, _spec.Delimiter, output);
        var any = false;
        while (!cells.AtEnd && cells.ReadCell(out var cell))
        {
            // Where the spec names columns, one of them tells a header; elsewhere a header has only words.
            if (_spec.Mappings.Count > 0 && _columns.Find(cell) is { Plans.Length: > 0 }) return true;
            if (!_spec.Open || cell.IsEmpty || NumberText.Parse(cell, out _, out _) != NumberForm.None) return false;
            any = true;
            if (cells.LineEnded) break;
        }

        return any && _spec.Open;
    }

    public override DecodeError Decode(ReadOnlySpan<byte> payload, in DecodeContext context, DecodeOutput output)
    {
        if (payload.StartsWith("\uFEFF"u8)) payload = payload[3..];
        if (!Utf8.IsValid(payload)) return new DecodeError(DecodeErrorCode.InvalidUtf8);
        ReadOnlySpan<ValuePlan[]> plans = _places;
        if (_spec.Header)
        {
            var error = TakeHeader(ref payload, context, output);
            if (error.Code != DecodeErrorCode.None) return error;
            plans = output.CsvHeader.Plans;
        }

        ReadRows(payload, plans, output);
        return default;
    }

    private void ReadRows(ReadOnlySpan<byte> payload, ReadOnlySpan<ValuePlan[]> plans, DecodeOutput output)
    {
        var cells = new CsvLine(payload, _spec.Delimiter, output);
        for (var row = 0; ; row++)
        {
            cells.SkipEmptyLines();
            if (cells.AtEnd) return;
            ReadRow(ref cells, plans, output);
            cells.SkipLine();
            _contract.Close(output, row);
        }
    }

    private void ReadRow(ref CsvLine cells, ReadOnlySpan<ValuePlan[]> plans, DecodeOutput output)
    {
        var count = 0;
        do
        {
            var at = cells.Position;
            if (!cells.ReadCell(out var cell))
            {
                output.SetFault(DecodeErrorCode.InvalidCsv, at);
                return;
            }

            if (count < plans.Length)
            {
                if (!cell.IsEmpty)
                {
                    foreach (var plan in plans[count]) plan.WriteCell(output, cell);
                }
            }
            else if (_spec.Header && !cell.IsEmpty)
            {
                output.SetFault(DecodeErrorCode.TrailingBytes, at, "the last column", cell.Length);
            }

            count++;
        }
        while (!cells.LineEnded);

        for (; count < plans.Length; count++)
        {
            if (plans[count].Length > 0 && (_spec.Header || _required[count]))
                output.SetFault(DecodeErrorCode.MissingColumn, cells.Position, plans[count][0].Name);
        }
    }

    private DecodeError TakeHeader(ref ReadOnlySpan<byte> payload, in DecodeContext context, DecodeOutput output)
    {
        var end = payload.IndexOf((byte)'\n');
        var first = (end < 0 ? payload : payload[..end]).TrimEnd((byte)'\r');
        var known = output.CsvHeader;
        if (known.IsFor(this, first) || (context.CsvHeader.IsEmpty ? IsHeader(first, output) : first.SequenceEqual(context.CsvHeader) || (_spec.Mappings.Count > 0 && IsHeader(first, output))))
            payload = end < 0 ? default : payload[(end + 1)..];
        else if (context.CsvHeader.IsEmpty)
            return new DecodeError(DecodeErrorCode.MissingHeader, 0);
        else
            first = context.CsvHeader;
        return known.IsFor(this, first) ? default : ReadHeader(first, known, output);
    }

    private DecodeError ReadHeader(ReadOnlySpan<byte> line, CsvHeaderColumns columns, DecodeOutput output)
    {
        columns.Begin(line);
        var cells = new CsvLine(line, _spec.Delimiter, output);
        do
        {
            if (!cells.ReadCell(out var cell)) return new DecodeError(DecodeErrorCode.InvalidCsv, cells.Position);
            if (columns.Plans.Length >= DecodingLimits.CsvColumnsMax) return new DecodeError(DecodeErrorCode.TooManyValues, cells.Position);
            columns.Add(PlansOf(cell, output));
        }
        while (!cells.LineEnded);

        for (var i = 0; i < _plans.Length; i++)
        {
            var mapping = _spec.Mappings[i];
            if (!mapping.Optional && !columns.Has(_plans[i])) return new DecodeError(DecodeErrorCode.MissingColumn, 0, -1, mapping.Columns[0]);
        }

        columns.Finish(this);
        return default;
    }

    private ValuePlan[] PlansOf(ReadOnlySpan<byte> name, DecodeOutput output)
    {
        var column = _columns.Find(name);
        if (column is { Ignored: true } || (column is null && !_spec.Open)) return [];
        if (column is null or { Plans.Length: 0 })
        {
            column = _tree.Grow(_columns, name, isContainer: false, out var error);
            if (column is null) output.AddError(new DecodeError(error, 0));
        }

        return column?.Plans ?? [];
    }
}
