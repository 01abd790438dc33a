using System.Text.Json;
using Garam.Simulate;
using Garam.Simulate.Fire;

namespace Garam.Tests.Simulate;

public sealed class Fire_simulator_Tests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("normal")]
    [InlineData("overheating")]
    [InlineData("arcing")]
    [InlineData("leakage")]
    [InlineData("gas")]
    [InlineData("cluster")]
    [InlineData("comm-loss")]
    public void Status_bits_follow_from_the_values_in_the_same_message(string profile)
    {
        foreach (var record in Records(profile))
        {
            var status = (FireStatus)record.GetProperty("status").GetInt32();
            double Of(string name) => record.GetProperty(name).GetDouble();
            void Same(FireStatus bit, bool expected) => status.HasFlag(bit).ShouldBe(expected, $"{bit}: {record}");

            Same(FireStatus.Overvoltage, Of("volt") > 234);
            Same(FireStatus.Overcurrent, Of("ct") > 100);
            Same(FireStatus.TotalLeakage, Of("zct") > 8);
            Same(FireStatus.ResistiveLeakage, Of("rzct") > 8);
            Same(FireStatus.BoardTemperature, Of("pcbTemp") > 60);
            Same(FireStatus.SensorTemperature, Of("sensorTemp") > 60);
            Same(FireStatus.CarbonMonoxide, Of("co") > 17);
            Same(FireStatus.Voc, Of("voc") > 400);
            Same(FireStatus.PowerFactor, Of("pFct") < 0.9);
            Same(FireStatus.Arc, Of("aArc") > 0);
            record.GetProperty("verifySts").GetInt32().ShouldBe((int)status);
        }
    }

    [Fact]
    public void Values_are_physically_consistent_in_every_profile()
    {
        foreach (var record in PackSimulators.Profiles("fire").SelectMany(Records))
        {
            double Of(string name) => record.GetProperty(name).GetDouble();
            Of("pwr").ShouldBe(Of("volt") * Of("ct") * Of("pFct") / 1_000, 0.00051, record.ToString());
            Of("voltLow").ShouldBeLessThan(Of("volt"));
            Of("rzct").ShouldBeLessThanOrEqualTo(Of("zct"));
            Of("pFct").ShouldBeInRange(0.8, 1);
            Of("volt").ShouldBeInRange(190, 300);
            Of("pcbTemp").ShouldBeInRange(-10, 100);
            Of("sensorTemp").ShouldBeInRange(-10, 100);
        }
    }

    [Theory]
    [InlineData("normal", FireStatus.None)]
    [InlineData("overheating", FireStatus.BoardTemperature | FireStatus.SensorTemperature)]
    [InlineData("arcing", FireStatus.Arc)]
    [InlineData("leakage", FireStatus.TotalLeakage | FireStatus.ResistiveLeakage)]
    [InlineData("gas", FireStatus.CarbonMonoxide | FireStatus.Voc)]
    [InlineData("cluster", FireStatus.BoardTemperature | FireStatus.SensorTemperature | FireStatus.CarbonMonoxide | FireStatus.Voc | FireStatus.Arc)]
    [InlineData("comm-loss", FireStatus.CommunicationError)]
    public void A_profile_raises_exactly_its_own_bits_within_a_cycle(string profile, object expected)
    {
        var seen = Records(profile).Aggregate(FireStatus.None, (bits, record) => bits | (FireStatus)record.GetProperty("status").GetInt32());

        seen.ShouldBe((FireStatus)expected);
    }

    [Fact]
    public void A_dropped_out_gas_sensor_leaves_its_measurements_out_of_the_concerned_devices_messages_only()
    {
        var simulator = PackSimulators.Create("fire", 10, "dropout", 7);
        var without = Enumerable.Range(0, 10)
            .Where(source => Enumerable.Range(0, 120).Any(second => !Json(simulator.Next(source, Start.AddSeconds(second))!.Value).TryGetProperty("co", out _)));

        without.ShouldBe([0, 5]);
    }

    [Fact]
    public void A_lost_link_is_told_before_the_device_falls_silent_for_more_than_five_minutes()
    {
        var simulator = PackSimulators.Create("fire", 1, "comm-loss", 7);
        var seconds = Enumerable.Range(0, 480).Select(second => simulator.Next(0, Start.AddSeconds(second))).ToList();

        var silent = seconds.FindIndex(message => message is null);
        seconds.FindIndex(silent, message => message is not null).ShouldBeGreaterThan(silent + 300);
        Json(seconds[silent - 1]!.Value).GetProperty("status").GetInt32().ShouldBe(4096);
    }

    [Fact]
    public void The_story_goes_from_normal_to_fire_and_back_within_two_and_a_half_minutes()
    {
        var simulator = PackSimulators.Create("fire", 4, "story", 7);
        var statuses = Enumerable.Range(0, 150).Select(second => Enumerable.Range(0, 4)
            .Select(source => (FireStatus)Json(simulator.Next(source, Start.AddSeconds(second))!.Value).GetProperty("status").GetInt32()).ToList()).ToList();

        statuses.ShouldContain(all => all.All(status => status == FireStatus.None));
        statuses.ShouldContain(all => all.Count(status => status.HasFlag(FireStatus.BoardTemperature | FireStatus.Arc | FireStatus.CarbonMonoxide)) == 2);
        statuses.ShouldContain(all => all[2].HasFlag(FireStatus.TotalLeakage));
    }

    [Fact]
    public void A_story_that_is_told_from_its_beginning_begins_and_ends_with_all_well()
    {
        // Not at a multiple of the story's length: by the clock it would be in the middle.
        var begin = Start.AddSeconds(71);
        var simulator = PackSimulators.Create("fire", 4, "story", 7, begin);
        var critical = Enumerable.Range(-10, 160).Where(second => Enumerable.Range(0, 4).Any(source =>
            Json(simulator.Next(source, begin.AddSeconds(second))!.Value).GetProperty("status").GetInt32() != 0)).ToList();

        critical.Min().ShouldBeInRange(8, 20);
        critical.Max().ShouldBeLessThan(140);
    }

    [Fact]
    public void A_cluster_is_one_site_hot_at_the_same_time()
    {
        var simulator = PackSimulators.Create("fire", 15, "cluster", 7);
        var hot = Enumerable.Range(0, 120)
            .Select(second => Enumerable.Range(0, 15).Where(source => Json(simulator.Next(source, Start.AddSeconds(second))!.Value).GetProperty("pcbTemp").GetDouble() > 60).ToList())
            .MaxBy(sources => sources.Count)!;

        hot.Select(source => simulator.Devices[source].Site).Distinct().ShouldBe(["market-1"]);
        hot.Count.ShouldBe(5);
    }

    private static IEnumerable<JsonElement> Records(string profile)
    {
        var simulator = PackSimulators.Create("fire", 10, profile, seed: 7);
        for (var second = 0; second < 480; second++)
        {
            for (var source = 0; source < simulator.SourceCount; source++)
            {
                if (simulator.Next(source, Start.AddSeconds(second)) is { } message)
                    yield return Json(message);
            }
        }
    }

    private static JsonElement Json(SimulatedMessage message) => JsonDocument.Parse(message.Payload).RootElement;
}
