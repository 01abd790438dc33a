using System.Globalization;

namespace Garam.Log;

/// <summary>Every file name that the log writes.</summary>
internal static class LogFiles
{
    internal const string Lock = "log.lock";
    internal const string Meta = "log.meta";
    internal const string SegmentSuffix = ".seg";
    internal const string IndexSuffix = ".idx";
    internal const string CheckpointSuffix = ".checkpoint";

    /// <summary>A file that is renamed once it is complete; one found when opening is left from a crash and removed.</summary>
    internal const string UnfinishedSuffix = ".tmp";

    /// <summary>19 digits hold every long, so names sort as positions do.</summary>
    private const string PositionDigits = "D19";

    internal static string Segment(string directory, long first) =>
        Path.Combine(directory, first.ToString(PositionDigits, CultureInfo.InvariantCulture) + SegmentSuffix);

    internal static string Index(string segmentPath) => Path.ChangeExtension(segmentPath, IndexSuffix);

    internal static string Checkpoint(string directory, string name) => Path.Combine(directory, name + CheckpointSuffix);

    internal static bool TryParseSegment(string fileName, out long first)
    {
        first = 0;
        return fileName.EndsWith(SegmentSuffix, StringComparison.Ordinal)
            && long.TryParse(fileName.AsSpan(0, fileName.Length - SegmentSuffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out first);
    }
}
