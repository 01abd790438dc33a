using Garam.Web.Fleet;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Garam.Web.Home;

public sealed class Addresses_of_filters
{
    [Fact]
    public void A_filter_comes_back_from_its_address()
    {
        var filter = new HomeFilter("a & b/냉각", Condition.High, "fire", "서울", "p?", ["x=1", "y"], 120, 60);
        var back = HomeFilter.Of(Query(filter.Address()));
        back.ShouldBe(filter with { Tags = back.Tags });
        back.Tags.ShouldBe(filter.Tags);
    }

    [Fact]
    public void What_is_usual_is_left_out() => HomeFilter.Of(Query("/")).Address().ShouldBe("/");

    [Theory]
    [InlineData("/?shown=-5&from=x&state=nonsense")]
    [InlineData("/?shown=99999999999999999999&from=99")]
    [InlineData("/?q=%00%FF&tag=&tag=&site=%3Cscript%3E")]
    public void Any_address_is_a_filter_within_its_bounds(string address)
    {
        var filter = HomeFilter.Of(Query(address));
        filter.Shown.ShouldBeInRange(1, 10_000);
        filter.From.ShouldBeInRange(0, filter.Shown);
    }

    private static QueryCollection Query(string address) =>
        new(QueryHelpers.ParseQuery(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : ""));
}
