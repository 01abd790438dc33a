namespace Garam.Web.Editing;

/// <summary>A text as a form sends it.</summary>
internal static class EditedText
{
    /// <summary>Browsers send line ends as CR LF; files and versions have LF, and are compared.</summary>
    public static string Of(string? sent) => (sent ?? "").ReplaceLineEndings("\n");
}
