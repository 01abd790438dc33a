using Garam.Platform.Identity;
using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Garam.Web.People;

public sealed class User_forms
{
    private static readonly User Anna = new("anna", "Anna", "hash", Role.Operator, "mills", "ko", false, "stamp", 0, 0);

    [Fact]
    public void What_a_user_is_comes_back_from_the_form_as_no_change() =>
        UserFields.Of(Anna).Changes(Anna).ShouldBe(new UserBody(null, null, null, null, null, null));

    [Fact]
    public void Only_what_was_changed_is_sent_and_what_was_emptied_goes()
    {
        var changes = (UserFields.Of(Anna) with { Customer = "", Role = "viewer" }).Changes(Anna);
        changes.ShouldBe(new UserBody(null, "viewer", "", null, null, null));
        var changed = changes.ApplyTo(Anna, null);
        (changed.Role, changed.CustomerId, changed.DisplayName, changed.Language).ShouldBe((Role.Viewer, null, "Anna", "ko"));
    }

    [Fact]
    public void A_list_comes_back_from_its_address()
    {
        var query = new UsersQuery("an na", "viewer", "mills", "bob@x");
        UsersQuery.Of(new QueryCollection(QueryHelpers.ParseQuery(query.Address()["/users".Length..]))).ShouldBe(query);
        query.Takes(Anna with { Name = "zoe", DisplayName = "An Na", Role = Role.Viewer }).ShouldBeTrue();
        query.Takes(Anna with { Name = "zoe", DisplayName = "An Na" }).ShouldBeFalse();
        query.Takes(Anna with { Name = "an na", Role = Role.Viewer }).ShouldBeFalse("it stands on the page before");
    }

    [Fact]
    public void An_address_of_the_trail_leaves_out_what_is_not_asked()
    {
        new AuditQuery("", "", "", null, null, null).Address().ShouldBe("/audit");
        new AuditQuery("anna", "user.put", "", 1_000_000, null, 7).Address().ShouldBe("/audit?actor=anna&action=user.put&from=1970-01-01T00%3A00%3A01.000Z&before=7");
    }
}
