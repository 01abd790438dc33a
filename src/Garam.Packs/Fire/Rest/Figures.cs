namespace Garam.Packs.Fire.Rest;

/// <summary>Numbers on their way into JSON, which has no NaN.</summary>
internal static class Figures
{
    /// <summary>Null, and so left out, when it is not known.</summary>
    public static double? Known(double value) => double.IsFinite(value) ? value : null;

    /// <summary>0 when it is not known, where the document says so (<c>item.get('voltage', 0)</c>).</summary>
    public static double OrZero(double value) => double.IsFinite(value) ? value : 0;

    public static long Whole(double value) => double.IsFinite(value) ? (long)value : 0;
}
