using Garam.Expressions.Templates;
using Garam.Expressions.Windows;

namespace Garam.Expressions.Tests;

public class Evaluation
{
    private const long Start = 1_772_359_200_000_000;

    [Fact]
    public void Evaluating_observing_and_rendering_allocate_nothing()
    {
        var symbols = new SymbolTable();
        symbols.Add("x", ExpressionType.Number);
        symbols.Add("mode", ExpressionType.Text);
        symbols.Add("any", ExpressionType.Any);
        var scope = new ExpressionScope(symbols) { Windows = new WindowPlan() };
        CompiledExpression[] programs =
        [
            .. new[]
            {
                "x > avg(x, 1h) + 2 * stddev(x, 1h) and x > 50", "percentile(x, 95, 1h) - median(x, 1h)", "slope(x, 10m) + rate(x, 10m)",
                "lag(x, 10m) + first(x, 10m) + previous(x, 10m) + max(x, 10m)", "mode in [\"auto\", \"manual\"] and any != \"b\"",
                "if(is_missing(any), clamp(x, 1, 2), coalesce(x, 3) ^ 2)", "count(x > 3, 10m) >= 2 or not (mode == \"off\")", "mode", "any",
            }.Select(t => Expression.Parse(t).Expression!.Bind(scope).Program.ShouldNotBeNull(t)),
        ];
        var message = MessageTemplate.Parse("{x:0.0} {mode} {avg(x, 1h)}").Template!.Bind(scope).Message!;
        var windows = new WindowSet(scope.Windows);
        Value[] slots = [default, Value.Of("auto"), Value.Of("a")];
        var text = new char[200];
        Run(0, 5000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(5000, 15_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Run(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                slots[0] = Value.Of(20 + (i % 37));
                // Some come late.
                windows.Observe(Start + (i * 1_000_000L) - (i % 5 == 0 ? 40_000_000 : 0), slots);
                var frame = new EvaluationFrame(slots, Start + (i * 1_000_000L), windows);
                foreach (var program in programs)
                {
                    program.Evaluate(in frame);
                    program.Holds(in frame);
                    program.Number(in frame);
                }

                message.TryRender(in frame, text, out _);
            }
        }
    }

    [Fact]
    public void Devices_counts_come_from_the_group()
    {
        var symbols = new SymbolTable();
        symbols.Add("risk_score", ExpressionType.Number);
        var peers = new PeerPlan();
        var scope = new ExpressionScope(symbols) { Peers = peers, Expected = ExpressionType.Boolean };
        var rule = Expression.Parse("devices(risk_score > 0.7) >= 2 and devices((risk_score>0.7)) < 9").Expression!.Bind(scope).Program.ShouldNotBeNull();

        var condition = peers.Conditions.ShouldHaveSingleItem();
        condition.Holds(new EvaluationFrame([Value.Of(0.8)])).ShouldBeTrue();
        condition.Holds(new EvaluationFrame([Value.Of(0.6)])).ShouldBeFalse();
        rule.Holds(new EvaluationFrame([], peerCounts: [2])).ShouldBeTrue();
        rule.Holds(new EvaluationFrame([], peerCounts: [1])).ShouldBeFalse();
        rule.Holds(new EvaluationFrame([])).ShouldBeFalse();
    }

    [Fact]
    public void Condition_must_be_true_or_false()
    {
        var scope = new ExpressionScope(new SymbolTable()) { Expected = ExpressionType.Boolean };
        Expression.Parse("1 + 1").Expression!.Bind(scope).Errors.ShouldHaveSingleItem().ToString()
            .ShouldBe("1: the expression is a number, not true or false. Compare it with something: … > 0.");
    }

    [Fact]
    public void Open_names_get_slots_when_they_are_used()
    {
        var symbols = new SymbolTable();
        symbols.AddOpen("device.tags.", ExpressionType.Text);
        Expression.Parse("device.tags.floor == \"2\"").Expression!.Bind(symbols).Program.ShouldNotBeNull()
            .Holds(new EvaluationFrame([Value.Of("2")])).ShouldBeTrue();
        symbols.Symbols.ShouldHaveSingleItem().ShouldBe(new Symbol("device.tags.floor", 0, ExpressionType.Text));
    }

    [Fact]
    public void Flag_may_come_as_a_number()
    {
        var symbols = new SymbolTable();
        symbols.Add("open", ExpressionType.Boolean);
        var program = Expression.Parse("not open").Expression!.Bind(symbols).Program!;
        program.Holds(new EvaluationFrame([Value.Of(0.0)])).ShouldBeTrue();
        program.Holds(new EvaluationFrame([Value.Of(1.0)])).ShouldBeFalse();
        program.Holds(new EvaluationFrame([])).ShouldBeFalse();
    }

    [Fact]
    public void Names_of_an_expression_include_those_of_its_windows() =>
        Expression.Parse("avg(a, 1h, b > 1) > c and d in [e]").Expression!.Names().ShouldBe(["a", "b", "c", "d", "e"]);

    [Fact]
    public void Decomposed_hangul_is_the_same_name()
    {
        var symbols = new SymbolTable();
        symbols.Add("온도", ExpressionType.Number);
        Expression.Parse("온도".Normalize(System.Text.NormalizationForm.FormD) + " > 1").Expression!.Bind(symbols).Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Numbers_that_are_none_are_missing()
    {
        Value.Of(double.NaN).IsMissing.ShouldBeTrue();
        Value.Of(double.PositiveInfinity).IsMissing.ShouldBeTrue();
        Value.Of((string?)null).IsMissing.ShouldBeTrue();
        Value.Of(TimeSpan.FromSeconds(90)).Duration.ShouldBe(TimeSpan.FromSeconds(90));
        default(Value).Number.ShouldBe(double.NaN);
    }
}
