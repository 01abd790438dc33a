using System.Buffers;

namespace Garam.Web.Manage.Sheets;

/// <summary>
/// A cell of a CSV file that somebody opens in a spreadsheet. One that a spreadsheet would take for a formula gets an apostrophe in front, which
/// is taken off again when the file comes back.
/// </summary>
internal static class CsvCell
{
    /// <summary>What formulas begin with: https://owasp.org/www-community/attacks/CSV_Injection.</summary>
    private const string FormulaStarts = "=+-@\t\r";

    private static readonly SearchValues<char> Separating = SearchValues.Create(",;\"\r\n\t");

    private const char Guard = '\'';

    public static string Write(string text)
    {
        var guarded = IsFormula(text) ? Guard + text : text;
        return guarded.AsSpan().ContainsAny(Separating) || guarded.Trim() != guarded ? '"' + guarded.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : guarded;
    }

    /// <summary>The text of a cell as it was before it was guarded.</summary>
    public static string Read(string cell) => cell.StartsWith(Guard) && IsFormula(cell) ? cell[1..] : cell;

    /// <summary>Apostrophes that stood there already count as none, so that guarding and its undoing match.</summary>
    private static bool IsFormula(string text) => text.TrimStart(Guard) is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal);
}
