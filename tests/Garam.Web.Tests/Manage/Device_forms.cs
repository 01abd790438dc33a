using Garam.Platform.Devices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Garam.Web.Manage;

public sealed class Device_forms
{
    private static readonly Device Meter = Device.FirstSeen(Id("meter-1"), "json", null, 0) with
    {
        Title = "Meter", SiteId = "mill", Tags = new Dictionary<string, string> { ["floor"] = "2", ["line"] = "" }, ExpectedPeriodMs = 2_500,
    };

    [Fact]
    public void What_a_device_is_comes_back_from_its_form_as_no_change()
    {
        DeviceFields.Of(Meter).TryBody(out var body, out _).ShouldBeTrue();
        DeviceFields.Changes(body, Meter).ShouldBe(new DeviceBody());
    }

    [Fact]
    public void Only_what_was_changed_is_sent_and_what_was_emptied_goes()
    {
        var fields = DeviceFields.Of(Meter) with { Title = "", Tags = "floor = 3\nline", Period = "" };
        fields.TryBody(out var body, out _).ShouldBeTrue();
        var changes = DeviceFields.Changes(body, Meter);
        (changes.Title, changes.ProductId, changes.SiteId, changes.ExpectedPeriodMs).ShouldBe(("", null, null, 0));
        var changed = changes.ApplyTo(Meter, 0);
        (changed.Title, changed.ProductId, changed.SiteId, changed.ExpectedPeriodMs).ShouldBe((null, "json", "mill", null));
        changed.Tags.ShouldBe(new Dictionary<string, string> { ["floor"] = "3", ["line"] = "" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("a=1\n\n b = 2 = 3 \nc", "", "")]
    [InlineData("=1", "", "tags")]
    [InlineData("a=1\na=2", "", "tags")]
    [InlineData("", "2.5", "")]
    [InlineData("", "0", "period")]
    [InlineData("", "-1", "period")]
    [InlineData("", "31536001", "period")]
    [InlineData("", "1e300", "period")]
    [InlineData("", "2,5", "period")]
    public void What_cannot_be_read_is_named(string tags, string period, string problem)
    {
        (DeviceFields.Empty with { Tags = tags, Period = period }).TryBody(out _, out var found).ShouldBe(problem.Length == 0);
        found.ShouldBe(problem);
    }

    [Fact]
    public void A_form_of_a_browser_is_read_with_its_kind_of_line_ends()
    {
        var form = new FormCollection(new Dictionary<string, StringValues> { ["id"] = " meter-2 ", ["tags"] = "a=1\r\nb=2" });
        var fields = DeviceFields.Of(form);
        fields.Id.ShouldBe("meter-2");
        fields.Tags.ShouldBe("a=1\nb=2");
    }

    [Fact]
    public void A_list_comes_back_from_its_address()
    {
        var query = new DevicesQuery("보일러 & <b>", "json", "mill/1", "carol", "m 1");
        var address = query.Address();
        DevicesQuery.Of(new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address[address.IndexOf('?', StringComparison.Ordinal)..]))).ShouldBe(query);
        new DevicesQuery("", "", "", "", "").Address().ShouldBe("/manage/devices");
    }

    private static DeviceId Id(string text) => DeviceId.TryParse(text, out var id, out var problem) ? id : throw new ArgumentException(problem);
}
