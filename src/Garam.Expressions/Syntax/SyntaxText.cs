using System.Text;

namespace Garam.Expressions.Syntax;

/// <summary>
/// Writes a part of an expression out as a text that parses to the same tree: the parts of a comparison become expressions of their own,
/// and their places in the text (which leave parentheses out) do not say where to cut. Constants and names are copied from the source.
/// </summary>
internal sealed class SyntaxText
{
    private const int PrimaryPrecedence = 9;

    private readonly string _source;
    private readonly StringBuilder _text = new();

    private SyntaxText(string source) => _source = source;

    public static string Of(SyntaxNode node, string source, int precedenceMin = 0)
    {
        var text = new SyntaxText(source);
        text.Append(node, precedenceMin);
        return text._text.ToString();
    }

    /// <param name="precedenceMin">Whatever binds more loosely goes between parentheses.</param>
    private void Append(SyntaxNode node, int precedenceMin)
    {
        var isLoose = Precedence(node) < precedenceMin;
        if (isLoose)
            _text.Append('(');
        switch (node)
        {
            case UnaryNode unary:
                _text.Append(unary.Operator == UnaryOperator.Not ? "not " : "-");
                Append(unary.Operand, Precedence(unary));
                break;
            case BinaryNode binary:
                AppendBinary(binary);
                break;
            case CallNode call:
                _text.Append(_source, call.Name.Position, call.Name.Length);
                AppendList('(', call.Arguments, ')');
                break;
            case MembershipNode membership:
                Append(membership.Item, Parser.ComparisonPrecedence + 1);
                _text.Append(membership.Negated ? " not in " : " in ");
                AppendList('[', membership.List, ']');
                break;
            default:
                _text.Append(_source, node.Position, node.Length);
                break;
        }

        if (isLoose)
            _text.Append(')');
    }

    private void AppendBinary(BinaryNode binary)
    {
        var precedence = Precedence(binary);
        var isPower = binary.Operator == BinaryOperator.Power;
        var isComparison = precedence == Parser.ComparisonPrecedence;
        Append(binary.Left, isPower || isComparison ? precedence + 1 : precedence);
        _text.Append(' ').Append(_source, binary.Token.Position, binary.Token.Length).Append(' ');
        Append(binary.Right, isPower ? Parser.SignPrecedence : precedence + 1);
    }

    private void AppendList(char open, IReadOnlyList<SyntaxNode> items, char close)
    {
        _text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                _text.Append(", ");
            Append(items[i], 0);
        }

        _text.Append(close);
    }

    private static int Precedence(SyntaxNode node) => node switch
    {
        UnaryNode { Operator: UnaryOperator.Not } => Parser.NotPrecedence,
        UnaryNode => Parser.SignPrecedence,
        MembershipNode => Parser.ComparisonPrecedence,
        BinaryNode binary => binary.Operator switch
        {
            BinaryOperator.Or => 1,
            BinaryOperator.And => 2,
            BinaryOperator.Add or BinaryOperator.Subtract => Parser.SumPrecedence,
            BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Remainder => 6,
            BinaryOperator.Power => Parser.PowerPrecedence,
            _ => Parser.ComparisonPrecedence,
        },
        _ => PrimaryPrecedence,
    };
}
