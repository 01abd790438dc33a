using System.Text;

namespace Garam.Platform.Packs;

/// <summary>A file that is replaced whole: after a crash it holds the old text or the new one, and the text before is kept once.</summary>
internal static class KeptFile
{
    /// <summary>No file of a pack: packs read <c>*.yaml</c> only.</summary>
    private const string FormerSuffix = ".former";

    public static void Write(string file, string text)
    {
        var temporary = file + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        // Putting the same text twice must not lose the one before it.
        if (File.Exists(file) && File.ReadAllText(file) != text)
            File.Copy(file, file + FormerSuffix, overwrite: true);
        File.Move(temporary, file, overwrite: true);
    }

    /// <summary>The text before; null when there is none or it cannot be read.</summary>
    public static string? Former(string file)
    {
        try
        {
            return File.Exists(file + FormerSuffix) ? File.ReadAllText(file + FormerSuffix) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
