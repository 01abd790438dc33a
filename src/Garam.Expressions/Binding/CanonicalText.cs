using System.Globalization;
using System.Text;
using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>One text for expressions that differ only in blanks, parentheses or spelling, so that their state is shared.</summary>
internal static class CanonicalText
{
    public static string Of(SyntaxNode node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    private static void Append(StringBuilder text, SyntaxNode node)
    {
        switch (node)
        {
            case LiteralNode literal:
                text.Append(CultureInfo.InvariantCulture, $"{literal.Value.Kind}'{literal.Value.ToString().Replace("'", "''", StringComparison.Ordinal)}'");
                break;
            case NameNode name:
                text.Append('`').Append(name.Name.Replace("`", "``", StringComparison.Ordinal)).Append('`');
                break;
            case UnaryNode unary:
                AppendCall(text, unary.Operator.ToString(), [unary.Operand]);
                break;
            case BinaryNode binary:
                AppendCall(text, binary.Operator.ToString(), [binary.Left, binary.Right]);
                break;
            case CallNode call:
                AppendCall(text, call.Function, call.Arguments);
                break;
            case MembershipNode membership:
                AppendCall(text, membership.Negated ? "not in" : "in", [membership.Item, .. membership.List]);
                break;
        }
    }

    private static void AppendCall(StringBuilder text, string name, IReadOnlyList<SyntaxNode> parts)
    {
        text.Append(name).Append('(');
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            Append(text, parts[i]);
        }

        text.Append(')');
    }
}
