using Garam.Expressions.Templates;

namespace Garam.Expressions.Tests;

public class Message_templates
{
    [Theory]
    [InlineData("Hot: {max(a, b):0.0} °C", "Hot: 61.3 °C")]
    [InlineData("고온 감지: {a:0}°C ({device.site})", "고온 감지: 61°C (서울)")]
    [InlineData("{{a}} is {a}", "{a} is 61.25")]
    [InlineData("{a / 3}", "20.416667")]
    [InlineData("{a / 0:0.0} V", "– V")]
    [InlineData("{b:0.#}|{b:00.00}|{0.256:0%}|{1234567:#,##0}", "58|58.00|26%|1,234,567")]
    [InlineData("{if(a > 60, \"over\", \"under\")} {a > b} {90s}", "over true 90s")]
    [InlineData("{\"}\"}", "}")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void Message_is_rendered(string template, string message) => Bound(template).Render(Frame()).ShouldBe(message);

    [Theory]
    [InlineData("Hot: {a", "8: the text ends where `}` or `:` should come")]
    [InlineData("Hot: {a:0.0", "6: the expression does not end. Close it with }.")]
    [InlineData("Hot: a}", "7: this brace closes nothing. Write }} for a brace in the text.")]
    [InlineData("Hot: {}", "7: `}` does not belong here. Expected a value.")]
    [InlineData("Hot: {a:X8}", "9: `X8` is not a format. Write one such as 0, 0.0, #,##0 or 0%.")]
    [InlineData("Hot: {aa}", "7: unknown metric `aa`; the product has `a`. Write a.")]
    [InlineData("Hot: {device.site:0.0}", "7: a format is for numbers. Leave out :0.0.")]
    public void Error_has_its_place_in_the_template(string template, string error)
    {
        var parsed = MessageTemplate.Parse(template);
        var errors = parsed.Template?.Bind(Scope()).Errors ?? parsed.Errors;
        errors.ShouldHaveSingleItem().ToString().ShouldStartWith(error);
    }

    [Fact]
    public void Rendering_into_a_short_span_stops_at_its_end()
    {
        Span<char> destination = stackalloc char[8];
        Bound("Hot: {a:0.0} °C").TryRender(Frame(), destination, out var written).ShouldBeFalse();
        destination[..written].ToString().ShouldBe("Hot: ");
    }

    [Fact]
    public void Long_message_is_cut()
    {
        var slots = new[] { Value.Of(1.0), Value.Of(1.0), Value.Of(new string('x', 10_000)) };
        Bound("{device.site}").Render(new EvaluationFrame(slots)).Length.ShouldBe(ExpressionLimits.MessageLengthMax);
    }

    private static EvaluationFrame Frame() => new(new[] { Value.Of(61.25), Value.Of(58.0), Value.Of("서울") });

    private static CompiledMessage Bound(string template) =>
        MessageTemplate.Parse(template).Template.ShouldNotBeNull().Bind(Scope()).Message.ShouldNotBeNull();

    private static ExpressionScope Scope()
    {
        var symbols = new SymbolTable();
        symbols.Add("a", ExpressionType.Number);
        symbols.Add("b", ExpressionType.Number);
        symbols.Add("device.site", ExpressionType.Text);
        return new ExpressionScope(symbols);
    }
}
