namespace Garam.Hosting;

/// <summary>A listener could not be opened; the message says which and what to do.</summary>
internal sealed class ListenException(IOException cause)
    : Exception($"{cause.Message} Another program (or another Garam) may use the port: choose others with --http, --mqtt and --tcp.", cause);
