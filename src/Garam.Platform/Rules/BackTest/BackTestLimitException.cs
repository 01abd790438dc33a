namespace Garam.Platform.Rules.BackTest;

/// <summary>A back-test asks for more than is done at once; the message says what to ask for instead.</summary>
public sealed class BackTestLimitException(string message) : Exception(message);
