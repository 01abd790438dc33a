using Garam.Expressions.Windows;

namespace Garam.Expressions.Tests;

/// <summary>A comparison that is skipped because its sides cannot meet is one that would have been false.</summary>
public class Bounded_comparisons
{
    private const long Start = 1_772_359_200_000_000;
    private const long Second = 1_000_000;

    private static readonly string[] Sides =
    [
        .. from function in new[] { "avg", "min", "max", "median", "stddev", "first", "last", "previous", "delta", "count", "sum", "slope", "rate", "lag" }
           select $"{function}(x, 2m)",
        "percentile(x, 95, 10m)", "avg(x, 10m, x > 20)", "count(x > 25, 5m)", "count(x, 10m)",
        "avg(x, 10m) + 2 * stddev(x, 10m)", "max(x, 5m) - min(x, 5m)", "x - previous(x, 10m)", "-3 * avg(x, 1m) + 5", "avg(x, 10m) / -4", "2 * (x - avg(x, 2m)) - max(x, 1m)",
        "avg(x, 2m) * avg(x, 10m)", "coalesce(avg(x, 1m), 7)", "0 * max(x, 1m)", "avg(x, 2m) / 0",
    ];

    private static readonly (string Sign, Func<double, double, bool> Says)[] Operators =
        [("<", (a, b) => a < b), ("<=", (a, b) => a <= b), (">", (a, b) => a > b), (">=", (a, b) => a >= b)];

    [Fact]
    public void Comparisons_with_windows_say_what_their_sides_say()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var symbols = new SymbolTable();
        symbols.Add("x", ExpressionType.Number);
        symbols.Add("y", ExpressionType.Number);
        var scope = new ExpressionScope(symbols) { Windows = new WindowPlan(TimeSpan.FromSeconds(30)) };
        var numbers = Sides.Select(s => Bind(s, scope)).ToArray();
        var comparisons = Sides.Select(s => Operators.Select(o => (Left: Bind($"{s} {o.Sign} y", scope), Right: Bind($"y {o.Sign} {s}", scope))).ToArray()).ToArray();
        var (held, all) = (0, 0);
        for (var round = 0; round < 20; round++)
        {
            var set = new WindowSet(scope.Windows);
            var slots = new Value[2];
            var time = Start;
            var level = random.Next(-2, 3) * Math.Pow(10, random.Next(0, 7));
            for (var i = 0; i < 400; i++)
            {
                // Steps of a second, gaps of minutes, readings that come late, and now and then one without x.
                time += random.Next(40) == 0 ? random.Next(1, 1_500) * Second : Second;
                if (random.Next(60) == 0)
                    level *= random.Next(-1, 3);
                var at = random.Next(8) == 0 ? time - (random.Next(0, 30) * Second) : time;
                slots[0] = random.Next(10) == 0 ? default : Value.Of(level + random.Next(0, 30));
                set.Observe(at, slots).ShouldBeTrue();
                for (var s = 0; s < Sides.Length; s++)
                {
                    var side = numbers[s].Number(new EvaluationFrame(slots, at, set));
                    foreach (var y in Near(side))
                    {
                        slots[1] = Value.Of(y);
                        var frame = new EvaluationFrame(slots, at, set);
                        for (var o = 0; o < Operators.Length; o++)
                        {
                            var (left, right) = (Operators[o].Says(side, y), Operators[o].Says(y, side));
                            if (comparisons[s][o].Left.Holds(frame) != left || comparisons[s][o].Right.Holds(frame) != right)
                                Assert.Fail($"{Sides[s]} is {side:R}, beside {y:R} by {Operators[o].Sign}: seed {seed} round {round} reading {i}");
                            held += left ? 1 : 0;
                            all++;
                        }
                    }
                }

                slots[1] = default;
            }
        }

        held.ShouldBeInRange(all / 4, all * 3 / 4);
    }

    [Fact]
    public void Bounds_follow_what_windows_can_hold()
    {
        var probe = new WindowProbe(TimeSpan.Zero, "avg(x, 10m) > 100");
        probe.Observe(Start, 20);
        Bounds(probe).ShouldBe((20, 20, 1));
        probe.Observe(Start + Second, 30);
        Bounds(probe).ShouldBe((20, 30, 2));
        // Twice the duration on, and again: what was before is forgotten.
        probe.Observe(Start + (1201 * Second), 25);
        probe.Observe(Start + (2402 * Second), 26);
        Bounds(probe).ShouldBe((25, 26, 2));
    }

    private static (double, double, double) Bounds(WindowProbe probe) => (probe.Set.Bounds(0).Low, probe.Set.Bounds(0).High, probe.Set.Bounds(0).Count);

    private static IEnumerable<double> Near(double side) => double.IsNaN(side)
        ? [0, 1e9, -1e9]
        : [side, Math.BitIncrement(side), Math.BitDecrement(side), side + 1, side - 1, side + 1e7, side - 1e7];

    private static CompiledExpression Bind(string text, ExpressionScope scope)
    {
        var bound = Expression.Parse(text).Expression.ShouldNotBeNull(text).Bind(scope);
        return bound.Program.ShouldNotBeNull(string.Join(" | ", bound.Errors));
    }
}
