namespace Garam.Expressions.Binding;

/// <summary>
/// <c>x in [a, b, …]</c> and <c>x not in [a, b, …]</c>. Neither holds for a missing item; a missing entry equals nothing. Lists are bounded, and looked through
/// from the front without allocating.
/// </summary>
internal static class MembershipProgram
{
    public static TruthProgram Of(Operand item, Operand[] entries, Truth whenFound, Truth whenMissing)
    {
        if (item.Type == ExpressionType.Number && entries.All(e => e.Constant is { Kind: ValueKind.Number }))
            return OfNumbers(item.AsNumber(), [.. entries.Select(e => e.Constant!.Value.Number)], whenFound, whenMissing);
        if (item.Type == ExpressionType.Text && entries.All(e => e.Constant is { Kind: ValueKind.Text }))
            return OfTexts(item.AsText(), [.. entries.Select(e => e.Constant!.Value.Text!)], whenFound, whenMissing);
        return OfValues(item.AsValue(), [.. entries.Select(e => e.AsValue())], whenFound, whenMissing);
    }

    private static TruthProgram OfNumbers(NumberProgram item, double[] entries, Truth whenFound, Truth whenMissing) => (in f) =>
    {
        var x = item(in f);
        if (double.IsNaN(x))
            return whenMissing;
        return entries.AsSpan().Contains(x) ? whenFound : Logic.Opposite(whenFound);
    };

    private static TruthProgram OfTexts(TextProgram item, string[] entries, Truth whenFound, Truth whenMissing) => (in f) =>
    {
        if (item(in f) is not { } x)
            return whenMissing;
        foreach (var entry in entries)
        {
            if (x == entry)
                return whenFound;
        }

        return Logic.Opposite(whenFound);
    };

    private static TruthProgram OfValues(ValueProgram item, ValueProgram[] entries, Truth whenFound, Truth whenMissing) => (in f) =>
    {
        var x = item(in f);
        if (x.IsMissing)
            return whenMissing;
        foreach (var entry in entries)
        {
            if (entry(in f) == x)
                return whenFound;
        }

        return Logic.Opposite(whenFound);
    };
}
