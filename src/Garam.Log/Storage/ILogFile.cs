namespace Garam.Log.Storage;

/// <summary>An open file. Reading and writing at offsets is safe from several threads at once.</summary>
public interface ILogFile : IDisposable
{
    /// <summary>Current length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends; returns how many bytes were read.</summary>
    int ReadAt(long offset, Span<byte> buffer);

    /// <summary>Writes at an offset; returns how many bytes were written, which may be fewer than asked.</summary>
    int WriteAt(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Makes all that was written, allocated and truncated so far durable.</summary>
    void Flush();

    /// <summary>Takes disk space so that the file is at least <paramref name="length"/> long; new bytes read as zero.</summary>
    void Allocate(long length);

    /// <summary>Cuts the file, or extends it with zeros.</summary>
    void SetLength(long length);
}
