using Garam.Platform.Sql;

namespace Garam.Platform.Tests;

/// <summary>Devices, sites and customers, in memory and in SQL.</summary>
public sealed class Device_registry : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_device_put_is_there_after_a_restart_with_everything_it_has()
    {
        var device = Open().Put(Id("a"), d => d with
        {
            ProductId = "p",
            Model = "m",
            Title = "온도계",
            SiteId = "s",
            HubId = "h",
            Tags = new Dictionary<string, string> { ["floor"] = "3", ["\"quoted\""] = "값" },
            ExpectedPeriodMs = 5_000,
            CredentialHash = "ab",
            DisabledUs = 7,
        })!.Value.Device;

        Open().TryGet("a", out var entry).ShouldBeTrue();
        entry!.Current.Tags.ShouldBe(device.Tags);
        (entry.Current with { Tags = device.Tags }).ShouldBe(device);
    }

    [Fact]
    public void A_change_keeps_what_it_does_not_name_and_holders_see_it()
    {
        var registry = Open();
        registry.Put(Id("a"), d => d with { Title = "t", ProductId = "p" });
        registry.TryGet("a", out var held);
        _time.Advance(TimeSpan.FromMinutes(1));

        registry.Put(Id("a"), d => d with { ProductId = "q" })!.Value.Created.ShouldBeFalse();

        (held!.Current.Title, held.Current.ProductId).ShouldBe(("t", "q"));
        (held.Current.UpdatedUs - held.Current.RegisteredUs).ShouldBe(60_000_000);
    }

    [Fact]
    public void A_device_removed_is_gone_and_holders_are_told()
    {
        var registry = Open();
        registry.Put(Id("a"), d => d);
        registry.TryGet("a", out var held);

        registry.Remove(Id("a")).ShouldBeTrue();
        registry.Remove(Id("a")).ShouldBeFalse();

        held!.Removed.ShouldBeTrue();
        registry.Count.ShouldBe(0);
        Open().TryGet("a", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_device_first_seen_is_in_the_database_after_the_next_checkpoint()
    {
        var registry = Open();
        registry.GetOrRegister(Id("a"), "p", "h");
        Open().Count.ShouldBe(0);

        registry.SaveFirstSeen();

        Open().TryGet("a", out var entry).ShouldBeTrue();
        (entry!.Current.ProductId, entry.Current.HubId).ShouldBe(("p", "h"));
    }

    [Fact]
    public void A_device_first_seen_and_changed_before_the_checkpoint_keeps_the_change()
    {
        var registry = Open();
        registry.GetOrRegister(Id("a"), "p", null);
        registry.Put(Id("a"), d => d with { Title = "t" });

        registry.SaveFirstSeen();

        Open().TryGet("a", out var entry).ShouldBeTrue();
        (entry!.Current.Title, entry.Current.ProductId).ShouldBe(("t", "p"));
    }

    [Fact]
    public void A_device_first_seen_and_removed_before_the_checkpoint_stays_removed()
    {
        var registry = Open();
        registry.GetOrRegister(Id("a"), "p", null);
        registry.Remove(Id("a"));

        registry.SaveFirstSeen();

        Open().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Changes_beside_checkpoints_are_never_lost()
    {
        var registry = Open();
        var saving = Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
                registry.SaveFirstSeen();
        });
        for (var i = 0; i < 200; i++)
        {
            registry.GetOrRegister(Id($"d{i}"), "p", null);
            registry.Put(Id($"d{i}"), d => d with { Title = "kept" });
        }

        await saving;
        registry.SaveFirstSeen();

        Open().Devices.Count(d => d.Current.Title == "kept").ShouldBe(200);
    }

    [Fact]
    public void A_full_registry_takes_no_new_device_and_still_knows_the_others()
    {
        var registry = Open(devicesMax: 2);
        registry.GetOrRegister(Id("a"), "p", null).ShouldNotBeNull();
        registry.Put(Id("b"), d => d).ShouldNotBeNull();

        registry.GetOrRegister(Id("c"), "p", null).ShouldBeNull();
        registry.Put(Id("c"), d => d).ShouldBeNull();
        registry.GetOrRegister(Id("a"), "p", null).ShouldNotBeNull();
        registry.Put(Id("b"), d => d with { Title = "t" }).ShouldNotBeNull();
    }

    [Fact]
    public void A_removed_device_makes_room()
    {
        var registry = Open(devicesMax: 1);
        registry.GetOrRegister(Id("a"), "p", null);
        registry.Remove(Id("a"));

        registry.GetOrRegister(Id("b"), "p", null).ShouldNotBeNull();
    }

    [Fact]
    public void A_disabled_device_is_refused_also_after_a_restart_until_it_is_enabled_or_gone()
    {
        var registry = Open();
        DisabledDevices.Answer? known = null, hub = null;
        registry.Put(Id("a"), d => d);
        Refuses(registry, ref known).ShouldBeFalse();

        registry.Put(Id("a"), d => d with { DisabledUs = 1 });
        Refuses(registry, ref known).ShouldBeTrue();
        registry.Disabled.Refuse("child", "a", ref hub).ShouldBeTrue("a disabled hub speaks for nobody");
        var reopened = Open();
        DisabledDevices.Answer? anew = null;
        Refuses(reopened, ref anew).ShouldBeTrue();

        registry.Put(Id("a"), d => d with { DisabledUs = null });
        Refuses(registry, ref known).ShouldBeFalse();
        reopened.Remove(Id("a"));
        Refuses(reopened, ref anew).ShouldBeFalse();

        static bool Refuses(DeviceRegistry registry, ref DisabledDevices.Answer? known) => registry.Disabled.Refuse("a", "", ref known);
    }

    [Fact]
    public void A_site_or_customer_removed_is_gone_after_a_restart_and_one_in_use_stays()
    {
        var registry = Open();
        registry.Put(new Customer("c", null));
        registry.Put(new Site("s", "c", null));
        registry.Put(Id("a"), d => d with { SiteId = "s" });
        registry.RemoveSite("s").ShouldBeFalse();
        registry.RemoveCustomer("c").ShouldBeFalse();

        registry.Remove(Id("a"));
        registry.RemoveSite("s").ShouldBeTrue();
        registry.RemoveCustomer("c").ShouldBeTrue();

        registry.RemoveSite("s").ShouldBeFalse();
        registry.RemoveCustomer("c").ShouldBeFalse();
        (registry.FindSite("s"), registry.FindCustomer("c")).ShouldBe((null, null));
        var reopened = Open();
        (reopened.Sites.Count(), reopened.Customers.Count()).ShouldBe((0, 0));
    }

    [Fact]
    public void Sites_and_customers_are_there_after_a_restart()
    {
        var registry = Open();
        registry.Put(new Customer("c", "Customer"));
        registry.Put(new Site("s", "c", "Old"));
        registry.Put(new Site("s", "c", "New"));

        var again = Open();
        again.FindSite("s").ShouldBe(new Site("s", "c", "New"));
        again.Customers.ShouldBe([new Customer("c", "Customer")]);
    }

    [Fact]
    public void The_last_message_counts_as_seen_and_an_older_one_does_not_turn_it_back()
    {
        var entry = Open().GetOrRegister(Id("a"), "p", null)!;
        entry.Seen(20);
        entry.Seen(10);

        entry.LastSeenUs.ShouldBe(20);
    }

    private DeviceRegistry Open(int devicesMax = 1_000) => new(new DeviceStore(Database.Open(_folder.File("garam.db"))), devicesMax, _time);

    private static DeviceId Id(string text) => DeviceId.Trusted(text);
}
