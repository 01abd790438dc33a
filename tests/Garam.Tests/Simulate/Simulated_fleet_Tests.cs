using Garam.Simulate;

namespace Garam.Tests.Simulate;

public sealed class Simulated_fleet_Tests
{
    [Fact]
    public async Task Sources_take_turns_and_no_topic_has_two_messages_of_one_time()
    {
        var simulator = PackSimulators.Create("plant", 6);
        var messages = new List<(string Topic, string Payload)>();
        using var stop = new CancellationTokenSource();
        var fleet = new SimulatedFleet(simulator, 2_000, TimeProvider.System);

        await fleet.RunAsync(
            (topic, payload) =>
            {
                messages.Add((topic, System.Text.Encoding.UTF8.GetString(payload.Span)));
                if (messages.Count == 300)
                    stop.Cancel();
                return default;
            },
            stop.Token).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        messages.Count.ShouldBeGreaterThanOrEqualTo(300);
        fleet.Sent.ShouldBe(messages.Count);
        messages.Select(message => message.Topic).Distinct().Count().ShouldBe(simulator.SourceCount);
        messages.ShouldBeUnique();
    }

    [Fact]
    public async Task A_failing_publish_ends_the_fleet_with_its_exception()
    {
        var fleet = new SimulatedFleet(PackSimulators.Create("fire", 2), 1_000, TimeProvider.System);

        await Should.ThrowAsync<IOException>(
            fleet.RunAsync((_, _) => throw new IOException("gone"), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
