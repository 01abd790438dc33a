namespace Garam.Platform.Ingress;

/// <summary>Messages at the door by protocol and result, since start.</summary>
public sealed class IngressCounters
{
    private static readonly int Results = Enum.GetValues<IngressResult>().Length;

    // One slot per protocol and result; increments are interlocked because many connections share them.
    private readonly long[] _counts = new long[(Enum.GetValues<Protocol>().Length + 1) * Results];

    internal void Count(Protocol protocol, IngressResult result, int messages = 1) =>
        Interlocked.Add(ref _counts[((int)protocol * Results) + (int)result], messages);

    public long this[Protocol protocol, IngressResult result] => Volatile.Read(ref _counts[((int)protocol * Results) + (int)result]);
}
