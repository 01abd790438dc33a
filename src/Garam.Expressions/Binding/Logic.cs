namespace Garam.Expressions.Binding;

/// <summary>
/// and, or, not. The right side runs only where the left does not decide. A missing boolean stays missing unless the other
/// side decides: false and missing is false, true or missing is true.
/// </summary>
internal static class Logic
{
    public static TruthProgram And(TruthProgram a, TruthProgram b) => (in f) =>
    {
        var x = a(in f);
        if (x == Truth.False)
            return Truth.False;
        var y = b(in f);
        return y == Truth.False ? Truth.False : x == Truth.Missing ? x : y;
    };

    public static TruthProgram Or(TruthProgram a, TruthProgram b) => (in f) =>
    {
        var x = a(in f);
        if (x == Truth.True)
            return Truth.True;
        var y = b(in f);
        return y == Truth.True ? Truth.True : x == Truth.Missing ? x : y;
    };

    public static TruthProgram Not(TruthProgram a) => (in f) => Opposite(a(in f));

    public static Truth Opposite(Truth truth) => truth switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Missing,
    };
}
