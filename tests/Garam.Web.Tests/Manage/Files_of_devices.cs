using System.Text;
using System.Text.RegularExpressions;
using Garam.Platform.Devices;
using Garam.Web.Manage.Sheets;

namespace Garam.Web.Manage;

/// <summary>CSV as spreadsheets write it, and the guard against formulas.</summary>
public sealed class Files_of_devices
{
    private static readonly char[] Odd = ['a', 'b', '한', ' ', ',', ';', '"', '\'', '\t', '\n', '\r', '=', '+', '-', '@', '|', '\uFEFF', '\0'];

    [Theory]
    [InlineData("id,title\na,1\nb,2\n", "id|title / a|1 / b|2")]
    [InlineData("id;title\r\na;\"1;2\"\r\n\r\nb;2,5", "id|title / a|1;2 / b|2,5")]
    [InlineData("id\ttitle\na\t1\n", "id|title / a|1")]
    [InlineData("sep=;\nid;title\na;1,2\n", "id|title / a|1,2")]
    [InlineData("\"id,x\";title\na;1\n", "id,x|title / a|1")]
    [InlineData("id,title\n a , \"say \"\"hi\"\"\" \n,,\n", "id|title / a|\"say \"\"hi\"\"\" / ")]
    [InlineData("id,title\na,\"say \"\"hi\"\"\"\nb,\"\"\n", "id|title / a|say \"hi\" / b|")]
    [InlineData("id,tags\na,\"x=1\r\ny=2\"\n", "id|tags / a|x=1\ny=2")]
    [InlineData("", "")]
    [InlineData("\n\n ,\n", "")]
    public void Rows_and_cells_are_read(string text, string expected)
    {
        var csv = new CsvReader(text);
        var rows = new List<string>();
        var cells = new List<string>();
        while (csv.Read(cells))
            rows.Add(string.Join('|', cells));
        string.Join(" / ", rows).ShouldBe(expected.EndsWith(" / ", StringComparison.Ordinal) ? expected[..^3] : expected);
    }

    [Fact]
    public void A_quote_that_is_not_closed_costs_its_line_and_lines_are_counted_through_quotes()
    {
        var csv = new CsvReader("id,title\na,\"two\nlines\"\nb,\"x\"y\nc,\"open\nd,1\n");
        var said = new List<string>();
        var cells = new List<string>();
        while (csv.Read(cells))
            said.Add($"{csv.Line} {cells[0]}{(csv.IsBroken ? " broken" : "")}");
        said.ShouldBe(["1 id", "2 a", "4 b broken", "5 c broken", "6 d"]);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+82 2 123", "'+82 2 123")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("'=1", "''=1")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"")]
    [InlineData(" edge ", "\" edge \"")]
    public void What_a_spreadsheet_would_take_for_a_formula_is_guarded(string text, string cell) => CsvCell.Write(text).ShouldBe(cell);

    [Fact]
    public void What_is_written_is_read_back_as_it_was()
    {
        const int seed = 20_261_121;
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var written = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Text(random)).ToList();
            var csv = new CsvReader($"id,title\n{string.Join(',', written.Prepend("x").Select(CsvCell.Write))}\r\n");
            var cells = new List<string>();
            csv.Read(cells).ShouldBeTrue();
            csv.Read(cells).ShouldBeTrue();
            csv.IsBroken.ShouldBeFalse();
            cells.Skip(1).Select(CsvCell.Read).ShouldBe(written, $"seed {seed}, round {i}");
            csv.Read(cells).ShouldBeFalse();
        }
    }

    [Fact]
    public void Any_text_is_read_to_its_end()
    {
        const int seed = 20_261_122;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(60); n > 0; n--)
                text.Append(Odd[random.Next(Odd.Length)]);
            var csv = new CsvReader(random.Next(20) == 0 ? $"sep={text}" : text.ToString());
            var (cells, line, rows) = (new List<string>(), 0, 0);
            while (csv.Read(cells))
            {
                csv.Line.ShouldBeGreaterThan(line, $"seed {seed}, round {i}");
                line = csv.Line;
                (++rows).ShouldBeLessThanOrEqualTo(text.Length + 5, $"seed {seed}, round {i}");
            }
        }
    }

    [Fact]
    public void A_device_is_a_row()
    {
        DeviceId.TryParse("meter-1", out var id, out _).ShouldBeTrue();
        var meter = Device.FirstSeen(id, "json", "hub-1", 0) with
        {
            Title = "=Meter; \"1\"", SiteId = "mill", Tags = new Dictionary<string, string> { ["floor"] = "2", ["line"] = "" }, ExpectedPeriodMs = 2_500, DisabledUs = 1,
        };
        DeviceSheetText.Header.ShouldBe("id,title,product,model,site,customer,hub,period,tags,disabled");
        DeviceSheetText.Row(meter, "kim").ShouldBe("meter-1,\"'=Meter; \"\"1\"\"\",json,,mill,kim,hub-1,2.5,\"floor=2; line=\",yes");
        DeviceSheetText.Tags(meter with { Tags = new Dictionary<string, string> { ["a"] = "1;2" } }).ShouldBe("a=1;2\n");
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var n = random.Next(8); n > 0; n--)
            text.Append(Odd[random.Next(Odd.Length)]);
        // Line ends within a cell come back as LF.
        return Regex.Replace(text.ToString(), "\r+\n", "\n");
    }
}
