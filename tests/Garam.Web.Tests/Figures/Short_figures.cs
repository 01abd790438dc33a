using System.Globalization;

namespace Garam.Web.Figures;

public sealed class Short_figures
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0405, "0.041")]
    [InlineData(1.8449, "1.84")]
    [InlineData(71.4, "71.4")]
    [InlineData(221.37, "221.4")]
    [InlineData(1012.6, "1,013")]
    [InlineData(-18.604, "-18.6")]
    [InlineData(25_000_000, "2.5E7")]
    [InlineData(0.00002, "2E-5")]
    [InlineData(double.NaN, "—")]
    [InlineData(double.PositiveInfinity, "—")]
    public void About_four_digits_are_shown(double value, string text) => Figure.Short(value, English).ShouldBe(text);

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(2_048, "2 kB")]
    [InlineData(5_767_168, "5.5 MB")]
    [InlineData(3_221_225_472, "3.0 GB")]
    public void Bytes_are_shown_in_the_unit_that_fits(long bytes, string text) => Figure.Bytes(bytes, English).ShouldBe(text);
}
