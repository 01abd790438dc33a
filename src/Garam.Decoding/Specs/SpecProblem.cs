using Garam.Expressions;

namespace Garam.Decoding.Specs;

/// <summary>Something in a spec file that a person has to mend.</summary>
/// <param name="File">The file's name as given to the parser.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong, without a final stop.</param>
/// <param name="Remedy">What to do, a sentence.</param>
public sealed record SpecProblem(string File, int Line, int Column, Phrase Message, Phrase Remedy)
{
    /// <summary><c>file:line:column: what is wrong. What to do.</c></summary>
    public Phrase Said => $"{File}:{Line}:{Column}: {Message}. {Remedy}";

    public override string ToString() => Said.ToString();
}
