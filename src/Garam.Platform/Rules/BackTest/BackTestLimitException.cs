using Garam.Expressions;

namespace Garam.Platform.Rules.BackTest;

/// <summary>A back-test asks for more than is done at once; the message says what to ask for instead.</summary>
public sealed class BackTestLimitException(Phrase said) : Exception(said.ToString())
{
    /// <summary>The message.</summary>
    public Phrase Said { get; } = said;
}
