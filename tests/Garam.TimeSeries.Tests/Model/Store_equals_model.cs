using System.Globalization;
using System.Text;

namespace Garam.TimeSeries.Tests.Model;

/// <summary>
/// Random readings (in order, late, repeated, changed, partial), removals, commits (some failing to complete), crashes with replay
/// from the token, and queries at all steps, compared with the model after each stretch. The seed is in the failure.
/// </summary>
public sealed class Store_equals_model
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(0)]
    public void At_every_moment(int seed)
    {
        if (seed == 0) seed = Environment.TickCount;
        using var directory = new TemporaryDirectory();
        using var run = new ModelRun(directory.Path, seed);
        try
        {
            run.Run(20);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, step {run.Step}: {failure.Message}"), failure);
        }
    }
}
