namespace Garam.Log.Storage;

internal static class LogFileWriting
{
    /// <summary>Writes all of the bytes, however many calls the storage needs for it.</summary>
    internal static void WriteAll(this ILogFile file, long offset, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var written = file.WriteAt(offset, bytes);
            if (written <= 0) throw new IOException($"The storage wrote none of {bytes.Length} bytes at offset {offset}.");
            offset += written;
            bytes = bytes[written..];
        }
    }

    /// <summary>Replaces a small file in one step: after a crash it holds the old bytes or the new ones, never a mixture.</summary>
    internal static void ReplaceFile(this ILogStorage storage, string directory, string path, ReadOnlySpan<byte> bytes)
    {
        var unfinished = path + LogFiles.UnfinishedSuffix;
        using (var file = storage.OpenOrCreate(unfinished))
        {
            file.SetLength(0);
            file.WriteAll(0, bytes);
            file.Flush();
        }
        storage.Rename(unfinished, path);
        storage.FlushDirectory(directory);
    }

    /// <summary>The file's bytes, at most <paramref name="bytesMax"/> of them, or null when it is missing.</summary>
    internal static byte[]? ReadFile(this ILogStorage storage, string path, int bytesMax)
    {
        try
        {
            using var file = storage.OpenRead(path);
            var bytes = new byte[(int)Math.Min(file.Length, bytesMax)];
            var read = file.ReadAt(0, bytes);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
