using Garam.Expressions.Binding;
using Garam.Expressions.Syntax;

namespace Garam.Expressions.Tests;

public class Condition_shape
{
    [Theory]
    [InlineData("temperature > 60", "temperature | Greater | 60")]
    [InlineData("(a + b)*c >= (d)", "(a + b) * c | GreaterOrEqual | d")]
    [InlineData("max(a,b)>60 and humidity < 50", "max(a, b) | Greater | 60")]
    [InlineData("mode == \"auto\" and temperature > 60", "temperature | Greater | 60")]
    [InlineData("mode == \"auto\"", "mode | Equal | \"auto\"")]
    [InlineData("60 < temperature", "temperature | Greater | 60")]
    [InlineData("60 < 70", "60 | Less | 70")]
    [InlineData("not (a > 5 or b > 6)", "a | LessOrEqual | 5")]
    [InlineData("flag and `pcb-temp` < -1.50", "`pcb-temp` | Less | -1.50")]
    [InlineData("devices(risk > 0.7) >= 2", "devices(risk > 0.7) | GreaterOrEqual | 2")]
    [InlineData("-(a + b) ^ (c + 1) < (2 ^ 3) ^ 4", "-(a + b) ^ (c + 1) | Less | (2 ^ 3) ^ 4")]
    [InlineData("avg(t, 10m, not (x in [1,2])) - (a - (b - c)) > 1", "avg(t, 10m, not x in [1, 2]) - (a - (b - c)) | Greater | 1")]
    public void First_comparison_is_what_the_condition_is_about(string condition, string parts)
    {
        var found = Parsed(condition).FirstComparison().ShouldNotBeNull();
        $"{found.Left} | {found.Operator} | {found.Right}".ShouldBe(parts);
    }

    [Theory]
    [InlineData("flag")]
    [InlineData("mode in [\"a\", \"b\"]")]
    [InlineData("if(a > 5, flag, other)")]
    public void Condition_without_a_comparison_has_none(string condition) => Parsed(condition).FirstComparison().ShouldBeNull();

    [Theory]
    [InlineData("a > 5", "a above 5")]
    [InlineData("-1.5 >= a", "a below -1.5")]
    [InlineData("b + 1 > 2 and (c < 3 and a > b)", "c below 3")]
    [InlineData("a > 5 or b > 5", null)]
    [InlineData("not a > 5", null)]
    [InlineData("a == 5", null)]
    [InlineData("a > b", null)]
    [InlineData("abs(a) > 5", null)]
    public void Guard_is_the_first_comparison_without_which_the_condition_cannot_hold(string condition, string? guard) =>
        (Parsed(condition).Guard() is { } found ? $"{found.Name} {(found.IsAbove ? "above" : "below")} {found.Limit}" : null).ShouldBe(guard);

    [Fact]
    public void A_condition_that_holds_meets_its_guard()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var symbols = new SymbolTable();
        string[] names = ["a", "b", "c"];
        foreach (var name in names)
            symbols.Add(name, ExpressionType.Number);
        var (guarded, held) = (0, 0);
        for (var round = 0; round < 2_000; round++)
        {
            var text = Condition(random, names, 3);
            var condition = Parsed(text);
            if (condition.Guard() is not { } guard)
                continue;
            guarded++;
            var program = condition.Bind(symbols).Program.ShouldNotBeNull(text);
            for (var i = 0; i < 20; i++)
            {
                var slots = names.Select(_ => random.Next(8) == 0 ? default : Value.Of((double)random.Next(-3, 4))).ToArray();
                if (!program.Holds(new EvaluationFrame(slots)))
                    continue;
                held++;
                var value = slots[Array.IndexOf(names, guard.Name)].Number;
                (guard.IsAbove ? value >= guard.Limit : value <= guard.Limit).ShouldBeTrue($"{text} holds for {string.Join(", ", slots)}: seed {seed}");
            }
        }

        guarded.ShouldBeGreaterThan(200);
        held.ShouldBeGreaterThan(200);
    }

    private static string Condition(Random random, string[] names, int depth)
    {
        if (depth > 0 && random.Next(2) == 0)
        {
            var inner = $"({Condition(random, names, depth - 1)}) {(random.Next(3) == 0 ? "or" : "and")} ({Condition(random, names, depth - 1)})";
            return random.Next(4) == 0 ? $"not ({inner})" : inner;
        }

        var sign = new[] { "<", "<=", ">", ">=", "==", "!=" }[random.Next(6)];
        var (left, right) = (names[random.Next(names.Length)], random.Next(5) == 0 ? names[random.Next(names.Length)] : $"{random.Next(-3, 4)}");
        return random.Next(3) == 0 ? $"{right} {sign} {left}" : $"{left} {sign} {right}";
    }

    [Fact]
    public void Sql_conditions_are_not_taken_apart()
    {
        var sql = Expression.Parse("a > 5", ExpressionDialect.Sql).Expression.ShouldNotBeNull();
        sql.FirstComparison().ShouldBeNull();
        sql.WithHysteresis(1).ShouldBeNull();
    }

    [Theory]
    [InlineData("a > 60", 5, "a <= 60 - 5")]
    [InlineData("a >= 60", 0.5, "a <= 60 - 0.5")]
    [InlineData("a < b", 2, "a >= b + 2")]
    [InlineData("60 < a", 5, "a <= 60 - 5")]
    [InlineData("a > b - c", 0.00001, "a <= b - c - 1E-05")]
    [InlineData("(a > b)", 3, "a <= b - 3")]
    [InlineData("a == 5", 1, null)]
    [InlineData("a > 5 and b > 5", 1, null)]
    [InlineData("not (a > 5)", 1, null)]
    public void Hysteresis_turns_a_lone_comparison_into_its_clearing_condition(string condition, double hysteresis, string? cleared)
    {
        (Parsed(condition).WithHysteresis(hysteresis)?.Text).ShouldBe(cleared);
    }

    [Theory]
    [InlineData("a > 5 and avg(b, 1h) > 3", "a")]
    [InlineData("max(a, b) > 60 or count(c > 0, 10m) > 3", "a,b")]
    [InlineData("max(a, 10m) > 60", "")]
    [InlineData("coalesce(a, b) > 1 and is_missing(c) and if(d, e, f) > 1 and g > 2", "g")]
    [InlineData("devices(risk > 0.7) >= 2 and device.site == \"s\"", "device.site")]
    [InlineData("x in [y, abs(z)] and not w", "w,x,y,z")]
    public void Required_names_are_those_read_directly(string expression, string names) =>
        string.Join(',', Parsed(expression).RequiredNames()).ShouldBe(names);

    [Theory]
    [InlineData("a > 5 and 2 <= devices(b > 1)", true)]
    [InlineData("a > devices", false)]
    public void Use_of_devices_is_seen(string expression, bool uses) => Parsed(expression).UsesDevices().ShouldBe(uses);

    [Fact]
    public void Every_tree_is_written_out_as_a_text_that_parses_to_the_same_tree()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var tried = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var text = RandomText(random, 5);
            if (Expression.Parse(text).Expression is not { } expression)
                continue;
            tried++;
            var written = SyntaxText.Of(expression.Root, text);
            var again = Expression.Parse(written).Expression.ShouldNotBeNull($"seed {seed}: {text} → {written}");
            CanonicalText.Of(again.Root).ShouldBe(CanonicalText.Of(expression.Root), $"seed {seed}: {text} → {written}");
        }

        tried.ShouldBeGreaterThan(500, $"seed {seed}");
    }

    private static string RandomText(Random random, int depth)
    {
        if (depth == 0)
            return random.Next(5) switch { 0 => "a", 1 => "`b c`", 2 => "1.5", 3 => "10m", _ => "'x\\'y'" };
        string Inner() => random.Next(2) == 0 ? "(" + RandomText(random, depth - 1) + ")" : RandomText(random, depth - 1);
        return random.Next(6) switch
        {
            0 => "not " + Inner(),
            1 => "-" + Inner(),
            2 => $"f({Inner()},{Inner()})",
            3 => Inner() + (random.Next(2) == 0 ? " in [" : " not in [") + Inner() + "]",
            _ => Inner() + " " + Operators[random.Next(Operators.Length)] + " " + Inner(),
        };
    }

    private static readonly string[] Operators = ["or", "and", "<", "<=", ">", ">=", "==", "!=", "+", "-", "*", "/", "%", "^"];

    private static Expression Parsed(string text) => Expression.Parse(text).Expression.ShouldNotBeNull();
}
