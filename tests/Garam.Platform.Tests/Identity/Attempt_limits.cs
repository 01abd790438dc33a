using System.Net;
using Garam.Platform.Identity.SignIn;

namespace Garam.Platform.Tests.Identity;

public sealed class Attempt_limits
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.7");

    private readonly ManualTime _time = new();
    private readonly AttemptLimits _limits;

    public Attempt_limits() => _limits = new AttemptLimits(_time);

    [Fact]
    public void A_stranger_elsewhere_does_not_lock_the_user_out()
    {
        for (var i = 0; i < AttemptLimits.PerUserAndAddress; i++)
            Take("anna", "203.0.113.9").ShouldBeTrue();

        Take("anna", "203.0.113.9").ShouldBeFalse();
        _limits.TryTake("anna", Home, out _).ShouldBeTrue();
    }

    [Fact]
    public void One_address_does_not_go_through_many_users()
    {
        for (var i = 0; i < AttemptLimits.PerAddress; i++)
            _limits.TryTake($"user-{i}", Home, out _).ShouldBeTrue();

        _limits.TryTake("another", Home, out var wait).ShouldBeFalse();
        wait.ShouldBe(AttemptLimits.Window);
    }

    [Fact]
    public void Many_addresses_do_not_go_through_one_users_passwords()
    {
        for (var i = 0; i < AttemptLimits.PerUser; i++)
            Take("anna", $"198.51.100.{i}").ShouldBeTrue();

        Take("anna", "198.51.100.200").ShouldBeFalse();
    }

    [Fact]
    public void The_addresses_of_one_subscriber_of_IPv6_count_as_one()
    {
        for (var i = 1; i <= AttemptLimits.PerUserAndAddress; i++)
            Take("anna", $"2001:db8:1:2::{i:x}").ShouldBeTrue();

        Take("anna", "2001:db8:1:2:ffff::1").ShouldBeFalse();
        Take("anna", "2001:db8:1:3::1").ShouldBeTrue();
    }

    [Fact]
    public void An_IPv4_address_is_the_same_in_IPv6_form()
    {
        for (var i = 0; i < AttemptLimits.PerUserAndAddress; i++)
            _limits.TryTake("anna", i % 2 == 0 ? Home : Home.MapToIPv6(), out _).ShouldBeTrue();

        _limits.TryTake("anna", Home, out _).ShouldBeFalse();
    }

    [Fact]
    public void Success_forgives_and_time_does_too()
    {
        for (var i = 1; i < AttemptLimits.PerUserAndAddress; i++)
            _limits.TryTake("anna", Home, out _).ShouldBeTrue();
        _limits.Forgive("anna", Home);
        for (var i = 0; i < AttemptLimits.PerUserAndAddress; i++)
            _limits.TryTake("anna", Home, out _).ShouldBeTrue();
        _limits.TryTake("anna", Home, out _).ShouldBeFalse();

        _time.Advance(AttemptLimits.Window);
        _limits.TryTake("anna", Home, out _).ShouldBeTrue();
    }

    [Fact]
    public void Invented_names_fill_no_memory_and_do_not_wash_an_attacked_user_away()
    {
        for (var i = 0; i < AttemptLimits.PerUserAndAddress; i++)
            _limits.TryTake("anna", Home, out _).ShouldBeTrue();

        for (var i = 0; i < 60_000; i++)
            Take($"user-{i}", $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}");

        _limits.Entries.ShouldBeLessThanOrEqualTo(50_000);
        _limits.TryTake("anna", Home, out _).ShouldBeFalse();
    }

    private bool Take(string user, string address) => _limits.TryTake(user, IPAddress.Parse(address), out _);
}
