namespace Garam.Expressions.Binding;

/// <summary>Types as messages call them.</summary>
internal static class TypeNames
{
    public static Phrase WithArticle(this ExpressionType type) => type switch
    {
        ExpressionType.Number => $"a number",
        ExpressionType.Boolean => $"true or false",
        ExpressionType.Text => $"a text",
        ExpressionType.Duration => $"a duration",
        _ => $"of unknown type",
    };
}
