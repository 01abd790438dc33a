using System.Text;

namespace Garam.Platform.Tests;

/// <summary>A TCP connection keeps a CSV header line for the lines behind it.</summary>
public sealed class Csv_header_line
{
    [Theory]
    [InlineData("time,temperature,humidity")]
    [InlineData("time;temp")]
    [InlineData("a\tb")]
    [InlineData("\"time\",\"temp\"")]
    [InlineData("시각,온도")]
    [InlineData("_a, b")]
    public void Names_only_are_a_header(string line) => CsvHeaderLine.Is(Encoding.UTF8.GetBytes(line)).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("temperature")]
    [InlineData("time,1.5")]
    [InlineData("1,2")]
    [InlineData("2026-01-01T00:00:00Z,temp")]
    [InlineData("a,,b")]
    [InlineData("a,b,")]
    [InlineData(",a")]
    [InlineData("a,true")]
    [InlineData("a,NaN")]
    [InlineData("{\"a\":1,\"b\":2}")]
    [InlineData("[a,b]")]
    [InlineData("0x00FA,3C")]
    public void Anything_with_data_in_it_is_none(string line) => CsvHeaderLine.Is(Encoding.UTF8.GetBytes(line)).ShouldBeFalse();
}
