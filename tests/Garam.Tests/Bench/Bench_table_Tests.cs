using Garam.Bench.Output;

namespace Garam.Tests.Bench;

public sealed class Bench_table_Tests
{
    [Fact]
    public void Plain_text_is_aligned_names_to_the_left_and_figures_to_the_right()
    {
        var table = new BenchTable("Title", ["peer", "msgs/s"]);
        table.Add("garam", Figure.Count(123_456));
        table.Add("mosquitto", Figure.Count(7));
        table.Notes.Add("A note.");
        using var text = new StringWriter { NewLine = "\n" };

        BenchOutput.PrintPlain(table, text);

        text.ToString().ShouldBe(
            """
            Title
            peer        msgs/s
            garam      123,456
            mosquitto        7
            A note.

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_median_of_an_even_number_is_the_mean_of_the_middle_two()
    {
        Figure.Median([4, 1, double.NaN, 3, 2]).ShouldBe(2.5);
        Figure.Median([3, 1, 2]).ShouldBe(2);
        double.IsNaN(Figure.Median([])).ShouldBeTrue();
    }
}
