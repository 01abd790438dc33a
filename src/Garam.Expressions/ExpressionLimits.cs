namespace Garam.Expressions;

/// <summary>Every limit of the language. Rules come from people and over REST, so nothing of them may grow unbounded.</summary>
public static class ExpressionLimits
{
    /// <summary>Characters of one expression: the longest of the documents' rules has 120.</summary>
    public const int LengthMax = 4096;

    /// <summary>Parentheses, calls and signs inside one another. The parser recurses once a level: 64 levels need about 20 KB of stack.</summary>
    public const int NestingMax = 64;

    /// <summary>Height of the tree, which a chain such as a + b + c + … makes high without nesting; evaluation recurses as deep.</summary>
    public const int TreeHeightMax = 256;

    /// <summary>Arguments of a function.</summary>
    public const int ArgumentsMax = 32;

    /// <summary>Entries of an <c>in [...]</c> list; looked through from the front.</summary>
    public const int ListLengthMax = 256;

    /// <summary>Names of one symbol table: slots are an array for each reading.</summary>
    public const int SymbolsMax = 4096;

    /// <summary>Characters of a SELECT statement: AWS IoT takes 256 KB, the documents' statement has 400.</summary>
    public const int StatementLengthMax = 16384;

    /// <summary>Items of a SELECT.</summary>
    public const int SelectItemsMax = 256;

    /// <summary>Different windows of one plan; each costs up to 2 KB for each device.</summary>
    public const int WindowsMax = 256;

    /// <summary>Characters of a message template.</summary>
    public const int TemplateLengthMax = 4096;

    /// <summary>Characters a rendered message is cut at.</summary>
    public const int MessageLengthMax = 8192;

    /// <summary>The shortest window: below it a bucket would be shorter than clocks of devices are exact.</summary>
    public static readonly TimeSpan WindowMin = TimeSpan.FromSeconds(1);

    /// <summary>The longest window. Longer looks into the past are a query of the store, not state of a lane.</summary>
    public static readonly TimeSpan WindowMax = TimeSpan.FromDays(31);
}
