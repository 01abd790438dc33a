using System.Text;
using Garam.Decoding.Sql;
using Garam.Decoding.Values;
using Garam.Expressions;

namespace Garam.Decoding.Json;

/// <summary>Turns a JSON spec into a tree of what to expect, and a decoder.</summary>
internal sealed class JsonCompiler
{
    private readonly JsonSpec _spec;
    private readonly ValuePlanner _planner;
    private readonly JsonNode _message;
    private readonly JsonNode _record;
    private readonly SymbolTable _symbols = new();

    private JsonCompiler(JsonSpec spec, ValuePlanner planner)
    {
        _spec = spec;
        _planner = planner;
        _message = new JsonNode("", spec.Open && spec.Each is null);
        _record = spec.Each is null ? _message : new JsonNode("", spec.Open);
    }

    public static LayoutDecoder Compile(JsonSpec spec, ValuePlanner planner, ContractPlan contract) => new JsonCompiler(spec, planner).Compile(contract);

    private JsonDecoder Compile(ContractPlan contract)
    {
        if (_spec.Each is not null) Property(_message, _spec.Each).HoldsReadings = true;
        foreach (var mapping in _spec.Mappings)
        {
            var plan = _planner.Plan(mapping.Value);
            foreach (var source in mapping.Sources)
            {
                var property = Property(source);
                property.Plans = [.. property.Plans, plan];
            }
        }

        foreach (var path in _spec.Ignored) Property(path).Ignored = true;
        var select = CompileSelect();
        var named = _spec.Named.Select(mapping => new NamedPlan(
            Capture(mapping.Name), Capture(mapping.Value), mapping.Unit is null ? -1 : Capture(mapping.Unit), _planner.Table)).ToArray();
        var captures = _symbols.Symbols.Count;
        var record = _spec.Each is null ? null : new JsonTree(_record, _planner.Table);
        return new JsonDecoder(new JsonTree(_message, _planner.Table), record, named, select, captures, contract);
    }

    private SelectPlan? CompileSelect()
    {
        if (_spec.Select is not { } select) return null;
        _symbols.AddOpen("", ExpressionType.Any);
        var columns = new List<(CompiledExpression, ValuePlan)>();
        foreach (var column in select.Items)
        {
            if (column.Expression is null) continue;
            var isTime = column.Name is "timestamp" or "device_timestamp";
            if (isTime && IsClock(column.Expression)) continue;
            var value = isTime
                ? new ValueSpec("device_timestamp", Values.ValueType.AnyTime) { Role = ValueRole.DeviceTime }
                : new ValueSpec(column.Name, Values.ValueType.Any);
            var plan = _planner.Plan(value);
            if (column.Expression.LoneName is { } name && JsonPath.TryParse(name, out var path))
            {
                var property = Property(path);
                property.Plans = [.. property.Plans, plan];
                if (!isTime) plan.DeclareNumber();
            }
            else if (Bind(column.Expression, ExpressionType.Any) is { } program)
            {
                columns.Add((program, plan));
            }
        }

        var where = select.Where is null ? null : Bind(select.Where, ExpressionType.Boolean);
        foreach (var symbol in _symbols.Symbols.ToList())
            if (JsonPath.TryParse(symbol.Name, out var path)) Property(path).Capture = symbol.Slot;
        return where is null && columns.Count == 0 ? null : new SelectPlan(where, [.. columns], _symbols.Symbols.Count);
    }

    /// <summary>
    /// Whether an item needs no field of the message: <c>timestamp() AS timestamp</c>. That is the receive time, which every reading has
    /// anyway, and no clock of the device's.
    /// </summary>
    private static bool IsClock(Expression expression) => expression.LoneName is null && expression.Bind(new SymbolTable()).Program is not null;

    private CompiledExpression? Bind(Expression expression, ExpressionType expected)
    {
        var bound = expression.Bind(new ExpressionScope(_symbols) { Expected = expected });
        foreach (var error in bound.Errors) _planner.Errors.Add((new ValueSpec("sql", Values.ValueType.Any) { Line = _spec.SelectLine, Column = _spec.SelectColumn }, error));
        return bound.Program;
    }

    private int Capture(JsonPath path)
    {
        var slot = _symbols.Add(path.Text, ExpressionType.Any).Slot;
        Property(path).Capture = slot;
        return slot;
    }

    private JsonProperty Property(JsonPath path) => Property(path.FromRoot ? _message : _record, path);

    private static JsonProperty Property(JsonNode node, JsonPath path)
    {
        for (var i = 0; ; i++)
        {
            var property = node.GetOrAdd(Encoding.UTF8.GetBytes(path.Keys[i]));
            if (i == path.Keys.Count - 1) return property;
            property.Child ??= new JsonNode(node.NameOf(property.Key), node.Open);
            node = property.Child;
        }
    }
}
