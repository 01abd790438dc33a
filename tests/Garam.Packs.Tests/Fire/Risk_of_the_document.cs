using System.Globalization;

namespace Garam.Packs.Tests.Fire;

/// <summary>The derived metrics against the output of the document's own Python (testdata/fire-oracle).</summary>
public sealed class Risk_of_the_document
{
    private const int FirstInput = 2;

    [Fact]
    public void Every_score_of_three_thousand_readings_is_the_documents_to_the_last_bit()
    {
        var lines = File.ReadAllLines(Testdata.Path("fire-oracle", "risk.csv"));
        var header = lines[0].Split(',');
        var firstScore = Array.IndexOf(header, "temperature_score");
        var devices = new Dictionary<string, RiskBed>();
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(',');
            if (!devices.TryGetValue(cells[0], out var bed))
                devices.Add(cells[0], bed = new RiskBed());
            var record = Enumerable.Range(FirstInput, firstScore - FirstInput).ToDictionary(i => header[i], i => Number(cells[i]));

            var derived = bed.Derive(long.Parse(cells[1], CultureInfo.InvariantCulture), record);

            for (var i = firstScore; i < cells.Length; i++)
            {
                var actual = derived[header[i]];
                var expected = cells[i];
                (actual.Text is { } text ? text == expected : actual.Number == Number(expected))
                    .ShouldBeTrue($"{header[i]} is {actual}, the document says {expected}\n{lines[0]}\n{line}");
            }
        }

        lines.Length.ShouldBe(3001);
        devices.Count.ShouldBe(40);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
