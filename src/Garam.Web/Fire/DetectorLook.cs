using Garam.Packs.Fire.Board;

namespace Garam.Web.Fire;

/// <summary>A detector as it is drawn: what is the same here is the same on the page, but for the age of its reading.</summary>
internal readonly record struct DetectorLook(string Id, string Title, string Site, string Level, double Risk, RiskShares Shares, double Confidence, RiskTrend Trend)
{
    public static DetectorLook Of(Detector detector) => new(
        detector.Id, detector.Title, detector.Site, FireSign.Level(detector), Short(detector.Risk),
        new RiskShares(
            Short(detector.Shares.Temperature), Short(detector.Shares.Electrical), Short(detector.Shares.Gas), Short(detector.Shares.Pattern),
            Short(detector.Shares.Status)),
        Short(detector.Confidence), detector.Trend);

    /// <summary>As many digits as are written.</summary>
    public static double Short(double value) => Math.Round(value, 2);
}
