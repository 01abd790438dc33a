namespace Garam.Tests.Fire;

/// <summary>What <c>simulate fire</c> plays reaches the alarms that its story is about.</summary>
public sealed class Fire_stories_Tests
{
    [Theory]
    [InlineData("overheating", "overheating", "temperature-spike", "emergency-temperature", "risk-medium")]
    [InlineData("arcing", "arc", "arc-high-frequency")]
    [InlineData("leakage", "leakage")]
    [InlineData("gas", "carbon-monoxide", "voc")]
    [InlineData("dropout", "sensor-dropout")]
    [InlineData("cluster", "risk-critical", "high-risk-cluster", "sustained-high-risk")]
    [InlineData("comm-loss", "communication-error")]
    [InlineData("story", "leakage", "sensor-dropout", "risk-medium", "risk-high", "risk-critical", "overheating", "high-risk-cluster")]
    public async Task A_profile_reaches_its_alarms(string profile, params string[] rules)
    {
        await using var node = await FireNode.StartAsync();

        // What a profile plays follows the clock in cycles: a whole number of them, or the hour of the test would decide what is seen.
        var cycle = TimeSpan.FromSeconds(profile switch { "overheating" => 600, "comm-loss" => 480, "story" => 150, _ => 120 });
        var beyond = TimeSpan.FromTicks(DateTimeOffset.UtcNow.UtcTicks % cycle.Ticks);
        await node.PlayAsync(profile, 5, cycle >= TimeSpan.FromMinutes(5) ? cycle : 2 * cycle, endedAgo: beyond);

        await node.RaisedAsync(rules);
    }

    [Fact]
    public async Task A_normal_day_raises_nothing_that_anybody_must_look_at()
    {
        await using var node = await FireNode.StartAsync();

        await node.PlayAsync("normal", 5, TimeSpan.FromMinutes(10), endedAgo: TimeSpan.FromMinutes(3));
        // An alarm that comes through the same lanes and desk after all of it.
        await node.PlayAsync("leakage", 1, TimeSpan.FromMinutes(2));
        await node.RaisedAsync("leakage");

        (await node.GetAsync("api/v1/alarms?product=fire-detector")).GetProperty("items").EnumerateArray()
            .Select(a => (a.GetProperty("device_id").GetString(), a.GetProperty("rule").GetString())).Distinct()
            .ShouldBeSubsetOf([("fire-001", "leakage"), ("fire-001", "risk-low")]);
    }
}
