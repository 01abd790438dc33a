namespace Garam.Expressions;

/// <summary>What is wrong in an expression, where, and how to mend it.</summary>
/// <param name="Position">Index of the first character concerned, from 0.</param>
/// <param name="Length">Characters concerned; 0 at the end of the text.</param>
/// <param name="Message">What is wrong, without a final stop.</param>
/// <param name="Remedy">What to do, a sentence.</param>
public sealed record ExpressionError(int Position, int Length, Phrase Message, Phrase Remedy)
{
    /// <summary><c>column: message. Remedy</c>, the column counted from 1.</summary>
    public override string ToString() => $"{Position + 1}: {Message}. {Remedy}";
}
