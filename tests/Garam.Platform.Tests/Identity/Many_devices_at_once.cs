using Garam.Platform.Identity;

namespace Garam.Platform.Tests.Identity;

/// <summary>Devices that come as one file are stored all together or not at all.</summary>
public sealed class Many_devices_at_once
{
    [Fact]
    public async Task New_and_known_ones_are_stored_together_and_each_is_in_the_trail()
    {
        await using var node = await WebNode.StartAsync();
        var (desk, caller) = Desk(node);
        desk.Put(caller, "known", new DeviceBody { ProductId = "json", Title = "Old" }).IsDone.ShouldBeTrue();

        desk.PutAll(caller, [("known", new DeviceBody { Title = "New" }), ("fresh", new DeviceBody { ProductId = "json", Disabled = true })]).IsDone.ShouldBeTrue();

        node.Node.Registry.TryGet("known", out var known).ShouldBeTrue();
        (known!.Current.Title, known.Current.ProductId).ShouldBe(("New", "json"));
        node.Node.Registry.TryGet("fresh", out var fresh).ShouldBeTrue();
        fresh!.Current.IsDisabled.ShouldBeTrue();
        node.Node.Registry.Count.ShouldBe(2);
        node.Node.Credentials.Audit.List(null, null, null, 0, long.MaxValue, long.MaxValue, 10).Select(e => $"{e.Action} {e.Subject} {e.Detail}")
            .ShouldBe(["device.add fresh product json, disabled yes", "device.put known title New", "device.add known product json, title Old"]);
    }

    [Fact]
    public async Task One_that_cannot_be_keeps_all_of_them_out()
    {
        await using var node = await WebNode.StartAsync(options => options.Registration.DevicesMax = 3);
        var (desk, caller) = Desk(node);
        var good = ("good", new DeviceBody { ProductId = "json" });

        foreach (var (outcome, other) in new[]
        {
            (DeviceOutcome.UnknownProduct, ("x", new DeviceBody { ProductId = "none" })),
            (DeviceOutcome.BadId, ("a b", new DeviceBody())),
            (DeviceOutcome.OwnHub, ("x", new DeviceBody { HubId = "x" })),
            (DeviceOutcome.Invalid, ("good", new DeviceBody { Title = "again" })),
        })
        {
            desk.PutAll(caller, [good, other]).Outcome.ShouldBe(outcome);
        }

        desk.PutAll(caller, [.. Enumerable.Range(0, 4).Select(i => ($"d{i}", new DeviceBody()))]).Outcome.ShouldBe(DeviceOutcome.Full);
        node.Node.Registry.Count.ShouldBe(0);
        node.Node.Credentials.Audit.List(null, null, null, 0, long.MaxValue, long.MaxValue, 10).ShouldBeEmpty();
    }

    private static (DeviceDesk Desk, Caller Caller) Desk(WebNode node) =>
        (new DeviceDesk(node.Node.Registry, node.Node.Packs, node.Node.Credentials.Audit, _ => { }, node.Time), new Caller(Principal.Local, null, null));
}
