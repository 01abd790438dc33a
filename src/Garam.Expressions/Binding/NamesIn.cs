using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>The names an expression mentions.</summary>
internal static class NamesIn
{
    public static void Collect(SyntaxNode node, HashSet<string> names)
    {
        switch (node)
        {
            case NameNode name:
                names.Add(name.Name);
                break;
            case UnaryNode unary:
                Collect(unary.Operand, names);
                break;
            case BinaryNode binary:
                Collect(binary.Left, names);
                Collect(binary.Right, names);
                break;
            case CallNode call:
                foreach (var argument in call.Arguments)
                    Collect(argument, names);
                break;
            case MembershipNode membership:
                Collect(membership.Item, names);
                foreach (var entry in membership.List)
                    Collect(entry, names);
                break;
        }
    }
}
