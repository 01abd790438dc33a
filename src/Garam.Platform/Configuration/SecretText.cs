namespace Garam.Platform.Configuration;

/// <summary>A secret given as text (by file or environment) or as the first line of a file of its own.</summary>
internal static class SecretText
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Of(string text, string file)
    {
        if (file.Length == 0)
            return text;
        using var reader = new StreamReader(file);
        return reader.ReadLine()?.Trim() ?? "";
    }
}
