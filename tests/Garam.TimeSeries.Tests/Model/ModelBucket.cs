namespace Garam.TimeSeries.Tests.Model;

internal sealed record ModelBucket(long Start, long Count, decimal Sum, double Min, double Max, double First, double Last)
{
    public static ModelBucket Of(long start, double[] values) => new(
        start, values.Length, values.Sum(v => (decimal)v), values.Min(), values.Max(), values[0], values[^1]);
}
