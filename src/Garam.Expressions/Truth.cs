namespace Garam.Expressions;

/// <summary>A boolean that may be missing; `and`, `or` and `not` treat missing as SQL treats its null.</summary>
internal enum Truth : sbyte
{
    Missing = -1,
    False = 0,
    True = 1,
}
