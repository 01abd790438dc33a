namespace Garam.Platform.Pipeline;

/// <summary>UTF-8 text as a dictionary key that can be looked up by a span, without making a string.</summary>
internal readonly record struct Utf8Name(byte[] Bytes)
{
    public bool Equals(Utf8Name other) => Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode() => Comparer.Hash(Bytes);

    /// <summary>Compares names with spans. Seeded per process, because device ids come from outside and could be chosen to collide.</summary>
    public sealed class Comparer : IEqualityComparer<Utf8Name>, IAlternateEqualityComparer<ReadOnlySpan<byte>, Utf8Name>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(Utf8Name x, Utf8Name y) => x.Equals(y);

        public int GetHashCode(Utf8Name name) => Hash(name.Bytes);

        public bool Equals(ReadOnlySpan<byte> alternate, Utf8Name other) => alternate.SequenceEqual(other.Bytes);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => Hash(alternate);

        public Utf8Name Create(ReadOnlySpan<byte> alternate) => new(alternate.ToArray());

        internal static int Hash(ReadOnlySpan<byte> bytes)
        {
            var hash = default(HashCode);
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }
    }
}
