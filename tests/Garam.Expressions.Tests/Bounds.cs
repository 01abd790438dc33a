using Garam.Expressions.Templates;
using Garam.Expressions.Windows;

namespace Garam.Expressions.Tests;

public class Bounds
{
    public static TheoryData<string, string> TooMuch => new()
    {
        { new string('1', ExpressionLimits.LengthMax + 1), "the text has 4097 characters" },
        { new string('(', 100) + "1" + new string(')', 100), "more than 64 levels of nesting" },
        { string.Concat(Enumerable.Repeat("abs(", 100)) + "1" + new string(')', 100), "more than 64 levels of nesting" },
        { string.Concat(Enumerable.Repeat("not ", 500)) + "true", "more than 64 levels of nesting" },
        { new string('-', 500) + "1", "more than 64 levels of nesting" },
        { string.Join("^", Enumerable.Repeat("2", 500)), "more than 64 levels of nesting" },
        { string.Join("+", Enumerable.Repeat("1", 500)), "more than 256 operations in one chain" },
        { $"max({string.Join(",", Enumerable.Repeat("1", 33))})", "more than 32 arguments" },
        { $"1 in [{string.Join(",", Enumerable.Repeat("1", 257))}]", "more than 256 entries in a list" },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void Too_much_is_refused_with_its_limit(string text, string message) =>
        Expression.Parse(text).Errors.ShouldHaveSingleItem().Message.ToString().ShouldContain(message);

    [Fact]
    public void As_much_as_the_limits_allow_is_taken()
    {
        Evaluate(new string('(', 62) + "1" + new string(')', 62)).ShouldBe(1);
        Evaluate(string.Join("+", Enumerable.Repeat("1", 255))).ShouldBe(255);
        Evaluate($"max({string.Join(",", Enumerable.Range(1, 32))})").ShouldBe(32);
        Evaluate($"if(9 in [{string.Join(",", Enumerable.Range(1, 256))}], 1, 0)").ShouldBe(1);
    }

    [Theory]
    [InlineData("avg(x, 500ms)", "outside of the limits")]
    [InlineData("avg(x, 32d)", "outside of the limits")]
    [InlineData("avg(x, 10)", "not a duration that is known beforehand")]
    [InlineData("avg(x, x * 1s)", "not a duration that is known beforehand")]
    [InlineData("avg(x)", "avg does not take 1 arguments. Write avg(metric, 10m).")]
    [InlineData("avg(avg(x, 1m), 1m)", "avg is inside another window")]
    [InlineData("avg(mode, 1m)", "a window observes numbers")]
    [InlineData("avg(temp, 1m)", "unknown metric `temp`")]
    [InlineData("percentile(x, 101, 1m)", "not a percentage")]
    [InlineData("percentile(x, x, 1m)", "not a percentage")]
    [InlineData("avg(x, 1m, x)", "true or false is needed")]
    [InlineData("devices(x)", "true or false")]
    [InlineData("devices(devices(x > 1) > 1) > 1", "there is none here")]
    public void Window_out_of_bounds_is_refused(string text, string message)
    {
        var symbols = new SymbolTable();
        symbols.Add("x", ExpressionType.Number);
        symbols.Add("mode", ExpressionType.Text);
        var scope = new ExpressionScope(symbols) { Windows = new WindowPlan(), Peers = new PeerPlan() };
        Expression.Parse(text).Expression!.Bind(scope).Errors.ShouldContain(e => e.ToString().Contains(message), text);
    }

    [Fact]
    public void Window_without_history_is_refused() =>
        Expression.Parse("avg(x, 1m)").Expression!.Bind(new SymbolTable()).Errors.ShouldHaveSingleItem().Message.ToString()
            .ShouldBe("there is no history for avg here");

    [Fact]
    public void Plan_takes_a_bounded_number_of_windows()
    {
        var symbols = new SymbolTable();
        symbols.Add("x", ExpressionType.Number);
        var scope = new ExpressionScope(symbols) { Windows = new WindowPlan() };
        for (var i = 1; i <= ExpressionLimits.WindowsMax; i++)
            Expression.Parse($"avg(x, {i}s)").Expression!.Bind(scope).Errors.ShouldBeEmpty();
        Expression.Parse("avg(x, 1000s)").Expression!.Bind(scope).Errors.ShouldHaveSingleItem().Message.ToString().ShouldBe("more than 256 windows");
        Expression.Parse("stddev(x, 7s)").Expression!.Bind(scope).Errors.ShouldBeEmpty();
    }

    [Fact]
    public void All_errors_of_binding_are_reported_together()
    {
        var errors = Expression.Parse("zz + 1 > 2 and yy > 3 and abs() > 1").Expression!.Bind(new SymbolTable()).Errors;
        errors.Select(e => e.Position).ShouldBe([0, 15, 26]);
    }

    [Fact]
    public void Arbitrary_text_is_parsed_or_refused_but_never_throws()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] pieces =
        [
            "x", "온도", "device.site", "`a b`", "avg(", "percentile(", "max(", "if(", "coalesce(", "is_missing(", "(", ")", "[", "]", ",",
            "1", "2.5", "1e9", "1e999", "10s", "5m", "\"t\"", "'u'", "\"", "'", "`", "+", "-", "*", "/", "%", "^", "<", ">=", "==", "!=",
            "<>", "=", " and ", " or ", " not ", " in ", " not in ", "true", "missing", " is null", "case when ", " then ", " end", "{", "}",
            ":", "0.0", "\\", "\u0000", "😀", "\ud800", "é", " ", "\n", ".", "select ", " from ", " where ", " as ", "devices(",
        ];
        for (var round = 0; round < 8_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            Should.NotThrow(() => Exercise(text), $"seed {seed}: {text}");
        }
    }

    [Fact]
    public void Any_clock_is_survived()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        long[] steps = [1, 1000, 1_000_000, 60_000_000, 3_600_000_000, 400L * 86_400_000_000, -1_000_000, -3_600_000_000];
        for (var round = 0; round < 60; round++)
        {
            var probe = new WindowProbe(
                TimeSpan.FromHours(2), "count(x, 1h)", "stddev(x, 1h)", "max(x, 1h)", "median(x, 1h)", "slope(x, 1h)", "first(x, 1h)", "lag(x, 1h)");
            var time = round % 3 == 0 ? -5_000_000_000 : round % 3 == 1 ? long.MaxValue - 400_000_000 : 1_772_359_200_000_000;
            for (var i = 0; i < 300; i++)
            {
                probe.Observe(time, random.NextDouble());
                probe.Read(0).ShouldBeInRange(0, i + 1, $"seed {seed} round {round}");
                for (var f = 1; f < 7; f++)
                    double.IsInfinity(probe.Read(f)).ShouldBeFalse();
                time = unchecked(time + (steps[random.Next(steps.Length)] * random.Next(1, 10)));
            }
        }
    }

    private static void Exercise(string text)
    {
        var symbols = new SymbolTable();
        symbols.Add("x", ExpressionType.Number);
        symbols.Add("온도", ExpressionType.Any);
        symbols.Add("device.site", ExpressionType.Text);
        symbols.AddOpen("a", ExpressionType.Any);
        var plan = new WindowPlan();
        var scope = new ExpressionScope(symbols) { Windows = plan, Peers = new PeerPlan() };
        Value[] slots = [Value.Of(3.0), Value.Of("t"), Value.Of("here")];
        foreach (var dialect in new[] { ExpressionDialect.Garam, ExpressionDialect.Sql })
        {
            var parsed = Expression.Parse(text, dialect);
            (parsed.Expression is null).ShouldBe(parsed.Errors.Count > 0);
            foreach (var error in parsed.Errors)
                ShouldBeInside(error, text);
            var bound = parsed.Expression?.Bind(scope);
            foreach (var error in bound?.Errors ?? [])
                ShouldBeInside(error, text);
            var windows = new WindowSet(plan);
            windows.Observe(1, slots);
            bound?.Program?.Evaluate(new EvaluationFrame(slots, 1, windows));
        }

        Sql.SelectStatement.Parse(text);
        MessageTemplate.Parse(text).Template?.Bind(scope).Message?.Render(new EvaluationFrame(slots));
    }

    private static void ShouldBeInside(ExpressionError error, string text)
    {
        error.Position.ShouldBeInRange(0, text.Length);
        (error.Position + error.Length).ShouldBeLessThanOrEqualTo(text.Length);
        error.Message.ToString().ShouldNotBeNullOrEmpty();
        error.Remedy.ToString().ShouldEndWith(".");
    }

    private static double Evaluate(string text) =>
        Expression.Parse(text).Expression.ShouldNotBeNull().Bind(new SymbolTable()).Program!.Number(default);
}
