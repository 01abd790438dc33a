using System.Buffers.Binary;
using System.Security.Cryptography;
using Garam.Log.Segments;
using Garam.Log.Storage;

namespace Garam.Log.Recovery;

/// <summary>Which format a folder has and which salt its records are verified with. A new folder gets both.</summary>
internal sealed class Identity(string directory, LogOptions options, ILogStorage storage)
{
    /// <param name="firsts">First positions of the segments that are there.</param>
    /// <exception cref="LogVersionException">The folder is of a newer format; nothing was touched.</exception>
    /// <exception cref="InvalidDataException">There are segments, and none tells the salt.</exception>
    internal uint FindSalt(IReadOnlyList<long> firsts)
    {
        var path = Path.Combine(directory, LogFiles.Meta);
        if (storage.ReadFile(path, LogMeta.Bytes) is { } bytes && LogMeta.TryRead(bytes, path, out var meta)) return meta.Salt;

        // New, or damaged: then the salt stands in each segment's header as well.
        var salt = SaltOf(firsts) ?? (firsts.Count == 0
            ? NewSalt()
            : throw new InvalidDataException(
                $"{path} and the headers of all segments are damaged, so that no record can be verified. Restore {LogFiles.Meta} from a backup."));
        Span<byte> written = stackalloc byte[LogMeta.Bytes];
        new LogMeta(salt).Write(written);
        storage.ReplaceFile(directory, path, written);
        return salt;
    }

    private uint? SaltOf(IReadOnlyList<long> firsts)
    {
        foreach (var first in firsts)
        {
            using var file = storage.OpenRead(LogFiles.Segment(directory, first));
            if (SegmentHeader.Read(file) is { } header) return header.Salt;
        }
        return null;
    }

    private uint NewSalt()
    {
        if (options.Seed is { } seed) return (uint)seed;
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
