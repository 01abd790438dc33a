using Garam.Simulate;

namespace Garam.Tests.Simulate;

public sealed class Pack_simulators_Tests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var pack in PackSimulators.Packs)
        {
            foreach (var profile in PackSimulators.Profiles(pack))
                data.Add(pack, profile);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_seed_gives_the_same_messages_in_any_order(string pack, string profile)
    {
        var one = PackSimulators.Create(pack, 12, profile, seed: 42);
        var other = PackSimulators.Create(pack, 12, profile, seed: 42);

        var forwards = Messages(one, Enumerable.Range(0, 60));
        var backwards = Messages(other, Enumerable.Range(0, 60).Reverse());

        backwards.Order().ShouldBe(forwards.Order());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Another_seed_gives_other_messages(string pack, string profile)
    {
        var one = Messages(PackSimulators.Create(pack, 12, profile, seed: 1), Enumerable.Range(0, 20));
        var other = Messages(PackSimulators.Create(pack, 12, profile, seed: 2), Enumerable.Range(0, 20));

        other.ShouldNotBe(one);
    }

    [Theory]
    [InlineData("fleet")]
    [InlineData("fire")]
    [InlineData("plant")]
    public void It_plays_as_many_devices_as_asked_for_hubs_before_their_children(string pack)
    {
        foreach (var count in new[] { 1, 4, 5, 6, 7, 50 })
        {
            var devices = PackSimulators.Create(pack, count).Devices;

            devices.Count.ShouldBe(count);
            devices.Select(device => device.Id).ShouldBeUnique();
            for (var n = 0; n < count; n++)
            {
                if (devices[n].HubId is { } hub)
                    devices.Take(n).Select(device => device.Id).ShouldContain(hub);
            }
        }
    }

    [Fact]
    public void An_unknown_profile_names_the_known_ones() =>
        Should.Throw<ArgumentException>(() => PackSimulators.Create("fire", 1, "flood")).Message.ShouldContain("overheating");

    private static List<string> Messages(IPackSimulator simulator, IEnumerable<int> seconds) =>
    [
        .. from second in seconds
           from source in Enumerable.Range(0, simulator.SourceCount)
           select simulator.Next(source, Start.AddSeconds(second)) is { } message
               ? $"{message.Topic} {Convert.ToHexString(message.Payload.Span)}"
               : "silent",
    ];
}
