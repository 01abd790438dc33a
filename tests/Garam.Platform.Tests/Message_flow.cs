using Garam.Log;
using Garam.TimeSeries;

namespace Garam.Platform.Tests;

/// <summary>From a raw record to samples, or to the reason why not.</summary>
public sealed class Message_flow : IDisposable
{
    private readonly FlowBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void A_device_first_seen_is_registered_with_the_product_and_hub_of_its_message()
    {
        _bed.Send("""{"t":21.5,"on":true}""", hub: "h").State.ShouldBe(MessageState.Stored);

        _bed.Registry.TryGet("a", out var entry).ShouldBeTrue();
        (entry!.Current.ProductId, entry.Current.HubId, entry.LastSeenUs).ShouldBe(("json", "h", FlowBed.NowUs));
        _bed.Samples("t").ShouldBe([(0, 21.5)]);
        _bed.Samples("on").ShouldBe([(0, 1)]);
    }

    [Fact]
    public void The_devices_own_time_is_the_readings_time()
    {
        _bed.Send($$"""{"t":1,"ts":{{(FlowBed.NowUs / 1000) - 5}}}""");

        _bed.Samples("t").ShouldBe([(-5_000, 1)]);
    }

    [Theory]
    [InlineData("stranger", "", "unknown-device", "names a product")]
    [InlineData("stranger", "none", "unknown-product", "the product 'none'")]
    [InlineData("a b", "json", "invalid-device", "no blanks")]
    [InlineData("", "json", "invalid-device", "must not be empty")]
    [InlineData("a/b", "json", "invalid-device", "/ + or #")]
    public void Who_cannot_be_known_is_a_dead_letter(string device, string product, string reason, string told)
    {
        var result = _bed.Send("{}", device, product);

        (result.State, result.Reason).ShouldBe((MessageState.Dead, reason));
        result.Detail!.ShouldContain(told);
        _bed.Registry.Count.ShouldBe(0);
    }

    [Fact]
    public void With_registration_closed_only_registered_devices_are_taken()
    {
        using var bed = new FlowBed(new GaramOptions { Registration = new RegistrationOptions { Mode = RegistrationMode.Closed } });
        bed.Registry.Put(DeviceId.Trusted("known"), d => d with { ProductId = "json" });

        bed.Send("""{"t":1}""", "stranger").Reason.ShouldBe("unknown-device");
        bed.Send("""{"t":1}""", "known", "").State.ShouldBe(MessageState.Stored);
        bed.Registry.Count.ShouldBe(1);
    }

    [Fact]
    public void A_full_registry_makes_dead_letters_of_new_devices_only()
    {
        using var bed = new FlowBed(new GaramOptions { Registration = new RegistrationOptions { DevicesMax = 1 } });

        bed.Send("""{"t":1}""", "a").State.ShouldBe(MessageState.Stored);
        bed.Send("""{"t":1}""", "b").Reason.ShouldBe("registry-full");
        bed.Send("""{"t":2}""", "a").State.ShouldBe(MessageState.Stored);
    }

    [Fact]
    public void A_device_without_a_product_is_a_dead_letter_until_it_has_one()
    {
        _bed.Registry.Put(DeviceId.Trusted("a"), d => d);
        _bed.Send("""{"t":1}""", product: "").Reason.ShouldBe("unknown-product");

        _bed.Registry.Put(DeviceId.Trusted("a"), d => d with { ProductId = "json" });

        _bed.Send("""{"t":1}""", product: "").State.ShouldBe(MessageState.Stored);
    }

    [Fact]
    public void A_device_deleted_and_seen_again_is_registered_again()
    {
        _bed.Send("""{"t":1}""");
        _bed.Registry.Remove(DeviceId.Trusted("a"));

        _bed.Send("""{"t":2}""").State.ShouldBe(MessageState.Stored);

        _bed.Registry.TryGet("a", out var entry).ShouldBeTrue();
        entry!.LastSeenUs.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_changed_spec_decodes_the_next_message()
    {
        _bed.Send("""{"t":1}""", product: "valid");
        _bed.Packs.WriteProduct("test", "valid", "product_type: valid\nversion: 2\nformat: json\nconversion: {mapping: [{source: t, target: u, type: float}]}\n");
        _bed.Packs.Catalog.Reload();

        _bed.Send("""{"t":2}""", product: "valid");

        _bed.Samples("u").Select(s => s.Value).ShouldBe([2]);
    }

    [Theory]
    [InlineData("online", "online")]
    [InlineData(" \"offline\"\n", "offline")]
    [InlineData("""{"status":"maintenance"}""", "maintenance")]
    [InlineData("""{"at":{"status":"no"},"state":"idle"}""", "idle")]
    [InlineData("""{"connected":false}""", "offline")]
    [InlineData("""{"online":true}""", "online")]
    public void A_status_message_is_kept_as_the_text_status(string payload, string status)
    {
        _bed.Send(payload, kind: RouteKind.Status).State.ShouldBe(MessageState.Stored);

        Texts().ShouldBe([("status", status)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{}")]
    [InlineData("{\"status\":5}")]
    [InlineData("{\"status\":\"\"}")]
    [InlineData("{\"status\":\"on")]
    [InlineData("a\u0001b")]
    [InlineData("this is a long sentence which tells a story and is no state of a device at all")]
    public void A_status_message_without_a_status_is_a_dead_letter(string payload) =>
        _bed.Send(payload, kind: RouteKind.Status).Reason.ShouldBe("status-unreadable");

    [Theory]
    [InlineData(-399, MessageState.Stored)]
    [InlineData(-401, MessageState.Dead)]
    public void A_time_too_far_back_is_not_believed(int days, MessageState state) =>
        Send(days * 86_400_000L).State.ShouldBe(state);

    [Theory]
    [InlineData(60, MessageState.Stored)]
    [InlineData(61, MessageState.Dead)]
    public void A_time_too_far_ahead_is_not_believed(int minutes, MessageState state)
    {
        var result = Send(minutes * 60_000L);

        result.State.ShouldBe(state);
        if (state == MessageState.Dead)
            (result.Reason, result.Product, result.SpecVersion).ShouldBe(("timestamp-outside-window", "json", 4));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("253402300800000")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("9000000000000000")]
    [InlineData("1e300")]
    [InlineData("\"9999-12-31T23:59:59.999Z\"")]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    public void An_absurd_time_is_a_dead_letter_and_never_an_exception(string ts) =>
        _bed.Send($$"""{"t":1,"ts":{{ts}}}""").State.ShouldBe(MessageState.Dead);

    [Fact]
    public void A_message_sent_again_is_a_duplicate_and_keeps_the_first_position()
    {
        var payload = $$"""{"t":1,"u":2,"ts":{{FlowBed.NowUs / 1000}}}""";
        _bed.Send(payload, position: 10);

        _bed.Send(payload, position: 11).State.ShouldBe(MessageState.Duplicate);

        _bed.Samples("$log").ShouldBe([(0, 10)]);
    }

    [Fact]
    public void A_replay_of_the_same_record_is_a_duplicate()
    {
        _bed.Send("""{"t":1,"u":2,"mode":"auto"}""", position: 1, receivedUs: FlowBed.NowUs);

        _bed.Send("""{"t":1,"u":2,"mode":"auto"}""", position: 1, receivedUs: FlowBed.NowUs).State.ShouldBe(MessageState.Duplicate);
    }

    [Fact]
    public void A_filtered_message_is_counted_as_such() => _bed.Send("""{"t":100}""", product: "where").State.ShouldBe(MessageState.Filtered);

    [Fact]
    public void What_cannot_be_decoded_is_a_dead_letter_with_the_decoders_reason_product_and_version()
    {
        var result = _bed.Send("{\"t\":");

        (result.State, result.Reason, result.Product, result.SpecVersion).ShouldBe((MessageState.Dead, "invalid-json", "json", 4));
    }

    [Fact]
    public void One_bad_row_among_good_ones_makes_a_dead_letter_and_the_good_ones_are_stored()
    {
        var at = ManualTime.Start;
        var result = _bed.Send($"time,t\n{at:O},1\n{at.AddSeconds(1):O},broken\n{at.AddSeconds(2):O},3\n", product: "rows");

        (result.State, result.Reason).ShouldBe((MessageState.Dead, "invalid-number"));
        _bed.Samples("t").ShouldBe([(0, 1), (2_000_000, 3)]);
    }

    [Fact]
    public void A_row_of_an_unbelievable_time_does_not_take_the_others_with_it()
    {
        var at = ManualTime.Start;

        _bed.Send($"time,t\n{at.AddDays(-900):O},1\n{at:O},2\n", product: "rows").Reason.ShouldBe("timestamp-outside-window");

        _bed.Samples("t").ShouldBe([(0, 2)]);
    }

    [Fact]
    public void A_text_is_kept_as_the_newest_value_and_as_an_event_when_it_changes()
    {
        foreach (var mode in new[] { "auto", "auto", "manual" })
            _bed.Send($$"""{"mode":"{{mode}}"}""").State.ShouldBe(MessageState.Stored);

        Texts().ShouldBe([("mode", "manual")]);
        _bed.Store.TextEvents(_bed.Store.FindGroup("a")!, "mode", FlowBed.NowUs - 1, FlowBed.NowUs + 1_000).Select(e => e.Value).ShouldBe(["auto", "manual"]);
    }

    [Fact]
    public void A_value_outside_its_contract_is_stored_and_marked()
    {
        _bed.Send("""{"t":11}""", product: "valid").State.ShouldBe(MessageState.Stored);

        var newest = new List<NewestValue>();
        _bed.Store.FindGroup("a")!.CopyNewest(newest);
        newest.Single(n => n.Name == "t").IsSuspect.ShouldBeTrue();
    }

    [Fact]
    public void Every_reading_knows_its_position_in_the_log()
    {
        for (var i = 0; i < 3; i++)
            _bed.Send($$"""{"t":{{i}},"u":1}""", position: 100 + i, receivedUs: FlowBed.NowUs + (i * 1_000));

        _bed.Samples("$log").ShouldBe([(0, 100), (1_000, 101), (2_000, 102)]);
    }

    [Fact]
    public void Tags_of_one_instant_in_messages_of_their_own_do_not_hide_each_other()
    {
        foreach (var (tag, position) in new[] { ("PRESS", 5), ("TEMP", 6), ("FLOW", 7) })
            _bed.Send($$"""{"tag":"{{tag}}","value":{{position}},"ts":{{FlowBed.NowUs / 1000}}}""", product: "tag", position: position).State.ShouldBe(MessageState.Stored);

        foreach (var (tag, position) in new[] { ("PRESS", 5), ("TEMP", 6), ("FLOW", 7) })
        {
            _bed.Samples(tag).ShouldBe([(0, position)]);
            _bed.Samples($"$log.{tag}").ShouldBe([(0, position)]);
        }
    }

    [Fact]
    public void Messages_of_several_metrics_of_one_instant_all_keep_their_positions()
    {
        _bed.Send($$"""{"a":1,"b":2,"ts":{{FlowBed.NowUs / 1000}}}""", position: 5);
        _bed.Send($$"""{"c":1,"d":2,"ts":{{FlowBed.NowUs / 1000}}}""", position: 6);

        _bed.Samples("$log").ShouldBe([(0, 5), (1, 6)]);
    }

    [Fact]
    public void More_metrics_than_the_store_keeps_make_a_dead_letter()
    {
        using var bed = new FlowBed(seriesMax: 4);

        bed.Send("""{"a":1,"b":2}""").State.ShouldBe(MessageState.Stored);
        bed.Send("""{"a":1,"b":2,"c":3,"d":4,"e":5}""").Reason.ShouldBe("too-many-metrics");
        bed.Send("""{"a":3,"b":4}""").State.ShouldBe(MessageState.Stored);
    }

    [Fact]
    public void A_status_that_finds_no_place_is_a_dead_letter()
    {
        using var bed = new FlowBed(seriesMax: 3);
        bed.Send("""{"a":1,"b":2}""").State.ShouldBe(MessageState.Stored);

        bed.Send("online", kind: RouteKind.Status).Reason.ShouldBe("too-many-metrics");
    }

    [Fact]
    public async Task Who_watches_gets_the_reading()
    {
        using var watcher = _bed.Stream.Watch(new HashSet<string> { "a" }, AccessScope.Everything);
        _bed.Send("""{"t":1.5,"mode":"auto"}""", hub: "h");
        _bed.Send("""{"t":1}""", "b");

        var reading = await watcher.Items.ReadAsync(Until.Token);
        (reading.DeviceId, reading.ProductId, reading.HubId, reading.HasDeviceTime).ShouldBe(("a", "json", "h", false));
        reading.Metrics.Select(m => (m.Name, m.Number, m.Text)).ShouldBe([("t", 1.5, null), ("mode", 0, "auto")]);
        watcher.Items.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public void Random_payloads_never_throw()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] parts = ["{", "}", "\"t\"", "\"ts\"", ":", ",", "1", "1e308", "-", "[", "]", "null", "true", "\"x\"", "9999999999999", "\u0000", "\n", "time,t"];
        string[] products = ["json", "tag", "rows", "where", "valid"];
        for (var i = 0; i < 5_000; i++)
        {
            var payload = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            var product = products[random.Next(products.Length)];
            Should.NotThrow(() => _bed.Send(payload, product, product, kind: (RouteKind)random.Next(2)), $"seed {seed}, {product}: {payload}");
        }
    }

    private FlowResult Send(long afterMs) => _bed.Send($$"""{"t":1,"ts":{{(FlowBed.NowUs / 1000) + afterMs}}}""", receivedUs: FlowBed.NowUs);

    private List<(string, string)> Texts()
    {
        var texts = new List<NewestText>();
        _bed.Store.FindGroup("a")!.CopyNewestTexts(texts);
        return [.. texts.Select(t => (t.Name, t.Value))];
    }
}
