namespace Garam.Web.Manage.Sheets;

/// <summary>How much a file of devices may hold.</summary>
internal static class SheetLimits
{
    /// <summary>Some 200 bytes a row.</summary>
    public const int BytesMax = 2 << 20;

    /// <summary>Stored in one transaction within about a second; larger fleets come in several files.</summary>
    public const int RowsMax = 10_000;

    /// <summary>Mistakes told of one file; the rest is counted.</summary>
    public const int MistakesMax = 100;

    /// <summary>Rows of a file that the page shows before it is stored.</summary>
    public const int ShownMax = 200;
}
