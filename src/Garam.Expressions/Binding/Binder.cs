using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>
/// Resolves names, checks types and composes the programs, bottom up. After an error it goes on with an operand of unknown
/// type, so that one mistake is reported once and the others are found too. Parts without names are computed here.
/// </summary>
internal sealed class Binder(Expression source, ExpressionScope scope, bool isWindowSource = false)
{
    private readonly List<ExpressionError> _errors = [];

    public IReadOnlyList<ExpressionError> Errors => [.. _errors.OrderBy(e => e.Position)];

    public ExpressionScope Scope => scope;

    public Expression Source => source;

    /// <summary>True inside a window: windows do not nest, and a reading without the metric contributes nothing, not a false.</summary>
    public bool IsWindowSource => isWindowSource;

    /// <summary>What a comparison with a missing value is.</summary>
    public Truth WhenMissing => source.Dialect == ExpressionDialect.Sql || isWindowSource ? Truth.Missing : Truth.False;

    public Operand BindRoot(SyntaxNode root)
    {
        var operand = Bind(root);
        if (!operand.Fits(scope.Expected))
            Report(root, $"the expression is {operand.Type.WithArticle()}, not {scope.Expected.WithArticle()}",
                scope.Expected == ExpressionType.Boolean ? (Phrase)$"Compare it with something: … > 0." : $"Write an expression of that type.");
        return operand;
    }

    public Operand Bind(SyntaxNode node) => node switch
    {
        LiteralNode literal => Operand.Literal(literal.Value),
        NameNode name => Name(name),
        UnaryNode { Operator: UnaryOperator.Not } not => Fold(Operand.Boolean(Logic.Not(Condition(not.Operand, out var a))), a),
        UnaryNode negate => Negate(negate),
        BinaryNode binary => Binary(binary),
        MembershipNode membership => new ComparisonBinder(this).Membership(membership),
        CallNode call => new CallBinder(this).Bind(call),
        _ => throw new InvalidOperationException($"No rule for {node.GetType().Name}."),
    };

    /// <summary>Binds what must be true or false.</summary>
    public TruthProgram Condition(SyntaxNode node, out Operand operand)
    {
        operand = Bind(node);
        if (!operand.Fits(ExpressionType.Boolean))
            Report(node, $"`{TextOf(node)}` is {operand.Type.WithArticle()}, where true or false is needed",
                operand.Type == ExpressionType.Number ? (Phrase)$"Compare it: {TextOf(node)} {NotEqualSign} 0." : $"Compare it with something.");
        return operand.AsTruth();
    }

    /// <summary>Binds what must be a number; booleans and durations are not silently made one.</summary>
    public Operand Number(SyntaxNode node, string user)
    {
        var operand = Bind(node);
        RequireNumber(node, operand, user);
        return operand;
    }

    public Operand Fail(SyntaxNode node, Phrase message, Phrase remedy)
    {
        Report(node, message, remedy);
        return Operand.Any((in _) => default);
    }

    public void Report(SyntaxNode node, Phrase message, Phrase remedy) => Report(node.Position, node.Length, message, remedy);

    public void Report(int position, int length, Phrase message, Phrase remedy) =>
        _errors.Add(new ExpressionError(position, length, message, remedy));

    public string TextOf(SyntaxNode node)
    {
        const int shown = 60;
        var text = source.Text.AsSpan(node.Position, Math.Min(node.Length, shown));
        return node.Length <= shown ? text.ToString() : $"{text}…";
    }

    /// <summary>Computes the operand now when all it is made of is constant.</summary>
    public static Operand Fold(Operand operand, params ReadOnlySpan<Operand> parts)
    {
        foreach (var part in parts)
        {
            if (part.Constant is null)
                return operand;
        }

        return operand.Folded();
    }

    private string NotEqualSign => source.Dialect == ExpressionDialect.Sql ? "<>" : "!=";

    private Operand Name(NameNode node)
    {
        var name = scope.Aliases?.GetValueOrDefault(node.Name) ?? node.Name;
        if (scope.Symbols.TryResolve(name, out var symbol))
            return Operand.OfSlot(symbol);
        var isAttribute = node.Name.StartsWith("device.", StringComparison.Ordinal);
        var nearest = NearestName.Of(node.Name, scope.Symbols.Symbols.Select(s => s.Name));
        if (nearest is null)
            return Fail(node, isAttribute ? (Phrase)$"unknown attribute `{node.Name}`" : $"unknown metric `{node.Name}`", Known());
        return Fail(
            node, isAttribute ? (Phrase)$"unknown attribute `{node.Name}`; there is `{nearest}`" : $"unknown metric `{node.Name}`; the product has `{nearest}`",
            $"Write {nearest}.");
    }

    private Phrase Known()
    {
        const int shown = 8;
        var names = scope.Symbols.Symbols.Select(s => s.Name).Order(StringComparer.Ordinal).Take(shown + 1).ToArray();
        return names.Length == 0
            ? (Phrase)$"No names are known here."
            : $"Known are {string.Join(", ", names.Take(shown))}{(names.Length > shown ? ", …" : "")}.";
    }

    private Operand Negate(UnaryNode node)
    {
        var operand = Bind(node.Operand);
        if (operand.Type != ExpressionType.Duration)
            RequireNumber(node.Operand, operand, "`-`");
        var number = operand.AsNumber();
        NumberProgram negated = (in f) => -number(in f);
        return Fold(operand.Type == ExpressionType.Duration ? Operand.Seconds(negated) : Operand.Number(negated), operand);
    }

    private Operand Binary(BinaryNode node) => node.Operator switch
    {
        BinaryOperator.And => Fold(
            Operand.Boolean(Logic.And(Condition(node.Left, out var a), Condition(node.Right, out var b))), a, b),
        BinaryOperator.Or => Fold(
            Operand.Boolean(Logic.Or(Condition(node.Left, out var a), Condition(node.Right, out var b))), a, b),
        BinaryOperator.Equal or BinaryOperator.NotEqual => new ComparisonBinder(this).Equality(node),
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => new ComparisonBinder(this).Order(node),
        _ => Calculation(node),
    };

    private Operand Calculation(BinaryNode node)
    {
        var left = Bind(node.Left);
        var right = Bind(node.Right);
        var sign = $"`{source.Text.Substring(node.Token.Position, node.Token.Length)}`";
        var program = Arithmetic.Of(node.Operator, left.AsNumber(), right.AsNumber());
        if (left.Type == ExpressionType.Duration || right.Type == ExpressionType.Duration)
        {
            if (DurationRules.ResultOf(node.Operator, left.Type, right.Type) is not { } type)
                return Fail(node, $"{sign} cannot join {left.Type.WithArticle()} and {right.Type.WithArticle()}",
                    $"Divide the duration by another one to get a number: x / 1s.");
            return Fold(type == ExpressionType.Duration ? Operand.Seconds(program) : Operand.Number(program), left, right);
        }

        RequireNumber(node.Left, left, sign);
        RequireNumber(node.Right, right, sign);
        return Fold(Operand.Number(program, NumberBounds.Of(node.Operator, left, right)), left, right);
    }

    private void RequireNumber(SyntaxNode node, Operand operand, string user)
    {
        if (operand.Fits(ExpressionType.Number))
            return;
        Phrase remedy = operand.Type switch
        {
            ExpressionType.Boolean => $"Write if({TextOf(node)}, 1, 0).",
            ExpressionType.Duration => $"Divide it by a unit: {TextOf(node)} / 1s.",
            _ => $"Use a metric that is a number.",
        };
        Report(node, $"{user} takes numbers; `{TextOf(node)}` is {operand.Type.WithArticle()}", remedy);
    }
}
