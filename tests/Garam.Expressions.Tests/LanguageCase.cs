namespace Garam.Expressions.Tests;

/// <summary>One line of a file in testdata: an expression, what it sees, and what must come out.</summary>
public sealed record LanguageCase(
    string Place, ExpressionDialect Dialect, IReadOnlyList<LanguageName> Names, long TimeUs,
    IReadOnlyList<LanguageReading> Readings, string Expression, string Expected);
