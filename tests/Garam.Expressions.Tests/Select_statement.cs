using Garam.Expressions.Sql;

namespace Garam.Expressions.Tests;

public class Select_statement
{
    private const string FireRule = """
        SELECT
            deviceId,
            status,
            ct as current,
            data."p-w" AS power,
            volt * ct AS apparent,
            timestamp() as timestamp
        FROM 'fire-prediction/device/+/data'
        WHERE status < 4096
        """;

    [Fact]
    public void Rule_of_the_fire_document_gives_items_topic_and_condition()
    {
        var statement = SelectStatement.Parse(FireRule).Statement.ShouldNotBeNull();

        statement.Items.Select(i => i.Name).ShouldBe(["deviceId", "status", "current", "power", "apparent", "timestamp"]);
        statement.TopicFilter.ShouldBe("fire-prediction/device/+/data");
        var symbols = new SymbolTable();
        symbols.AddOpen("", ExpressionType.Any);
        var programs = statement.Items.Select(i => i.Expression!.Bind(symbols).Program.ShouldNotBeNull()).ToArray();
        var where = statement.Where!.Bind(symbols).Program.ShouldNotBeNull();
        var slots = new Value[symbols.Symbols.Count];
        slots[symbols.Symbols.Single(s => s.Name == "volt").Slot] = Value.Of(220.0);
        slots[symbols.Symbols.Single(s => s.Name == "ct").Slot] = Value.Of(2.0);
        slots[symbols.Symbols.Single(s => s.Name == "data.p-w").Slot] = Value.Of(7.0);
        slots[symbols.Symbols.Single(s => s.Name == "status").Slot] = Value.Of(4095.0);

        var frame = new EvaluationFrame(slots, timeUs: 5_000_000);
        programs[3].Number(frame).ShouldBe(7);
        programs[4].Number(frame).ShouldBe(440);
        programs[5].Number(frame).ShouldBe(5000);
        where.Holds(frame).ShouldBeTrue();
    }

    [Fact]
    public void Star_selects_everything() =>
        SelectStatement.Parse("SELECT *, a.b.c FROM 't'").Statement!.Items.Select(i => (i.Expression is null, i.Name))
            .ShouldBe([(true, ""), (false, "c")]);

    [Theory]
    [InlineData("SELECT a + 1 FROM 't'", "8: a computed item has no name. Give it one: … AS name.")]
    [InlineData("SELECT a FROM t", "15: `t` does not belong here. Expected a topic in single quotes.")]
    [InlineData("SELECT FROM 't'", "8: `FROM` does not belong here")]
    [InlineData("SELECT a FROM 't' WHERE", "24: the text ends where a value should come")]
    [InlineData("SELECT a FROM 't' GROUP BY a", "19: `GROUP` does not belong here. Expected WHERE or the end.")]
    [InlineData("a FROM 't'", "1: `a` does not belong here. Expected select.")]
    public void Error_has_its_place(string text, string message) =>
        SelectStatement.Parse(text).Errors.ShouldHaveSingleItem().ToString().ShouldStartWith(message);
}
