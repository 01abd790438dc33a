using System.Diagnostics.Metrics;
using Garam.Platform.Observability;

namespace Garam.Platform.Tests;

/// <summary><c>/metrics</c>, text format 0.0.4.</summary>
public sealed class Prometheus_text : IDisposable
{
    private readonly Meter _meter = new($"test-{Guid.NewGuid():N}");
    private readonly PrometheusText _text;

    public Prometheus_text() => _text = new PrometheusText(new HashSet<string> { _meter.Name });

    public void Dispose()
    {
        _text.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void A_counter_adds_up()
    {
        var counter = _meter.CreateCounter<long>("garam_x_total", description: "What it counts.");
        counter.Add(2);
        counter.Add(3);

        Lines().ShouldBe(["# HELP garam_x_total What it counts.", "# TYPE garam_x_total counter", "garam_x_total 5"]);
    }

    [Fact]
    public void An_observed_counter_is_as_it_is_now()
    {
        var now = 5L;
        _meter.CreateObservableCounter("garam_x_total", () => now);
        _text.Render();
        now = 7;

        Lines().ShouldBe(["# TYPE garam_x_total counter", "garam_x_total 7"]);
    }

    [Fact]
    public void A_gauge_goes_up_and_down()
    {
        var gauge = _meter.CreateGauge<double>("garam_x");
        gauge.Record(2.5);
        gauge.Record(-1.5);

        Lines().ShouldBe(["# TYPE garam_x gauge", "garam_x -1.5"]);
    }

    [Fact]
    public void An_up_down_counter_is_a_gauge_of_its_sum()
    {
        var counter = _meter.CreateUpDownCounter<int>("garam_x");
        counter.Add(3);
        counter.Add(-1);

        Lines().ShouldBe(["# TYPE garam_x gauge", "garam_x 2"]);
    }

    [Fact]
    public void Every_label_set_has_its_own_line()
    {
        _meter.CreateObservableCounter("garam_x_total", () => new[]
        {
            new Measurement<long>(2, new("protocol", "tcp"), new("result", "accepted")),
            new Measurement<long>(1, new("protocol", "mqtt"), new("result", "accepted")),
        });

        Lines()[1..].ShouldBe(["garam_x_total{protocol=\"mqtt\",result=\"accepted\"} 1", "garam_x_total{protocol=\"tcp\",result=\"accepted\"} 2"]);
    }

    [Fact]
    public void A_labels_text_is_escaped()
    {
        _meter.CreateCounter<long>("garam_x_total").Add(1, new KeyValuePair<string, object?>("the.reason", "a\"b\\c\nd"));

        Lines()[^1].ShouldBe("garam_x_total{the_reason=\"a\\\"b\\\\c\\nd\"} 1");
    }

    [Fact]
    public void A_histogram_has_cumulative_buckets_a_sum_and_a_count()
    {
        var histogram = _meter.CreateHistogram<double>("garam_x_seconds");
        foreach (var value in new[] { 0.0005, 0.003, 0.25, 100 })
            histogram.Record(value);

        var lines = Lines();
        lines.ShouldContain("garam_x_seconds_bucket{le=\"0.0005\"} 1");
        lines.ShouldContain("garam_x_seconds_bucket{le=\"0.002\"} 1");
        lines.ShouldContain("garam_x_seconds_bucket{le=\"0.005\"} 2");
        lines.ShouldContain("garam_x_seconds_bucket{le=\"60\"} 3");
        lines.ShouldContain("garam_x_seconds_bucket{le=\"+Inf\"} 4");
        lines[^2..].ShouldBe(["garam_x_seconds_sum 100.2535", "garam_x_seconds_count 4"]);
    }

    [Fact]
    public void Dotnets_own_names_are_translated()
    {
        _meter.CreateObservableCounter("dotnet.gc.heap.total_allocated", () => 1L, "By");
        _meter.CreateObservableGauge("dotnet.process.memory.working_set", () => 2L, "By");
        _meter.CreateObservableCounter("dotnet.gc.pause.time", () => 0.5, "s");

        Lines().Where(l => !l.StartsWith('#')).ShouldBe([
            "dotnet_gc_heap_total_allocated_bytes_total 1", "dotnet_gc_pause_time_seconds_total 0.5", "dotnet_process_memory_working_set_bytes 2"]);
    }

    [Fact]
    public void Invented_labels_do_not_fill_the_memory()
    {
        var counter = _meter.CreateCounter<long>("garam_x_total");
        for (var i = 0; i < 5_000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var samples = Lines().Where(l => !l.StartsWith('#')).ToList();
        samples.Count.ShouldBeLessThanOrEqualTo(1_001);
        samples.Sum(l => long.Parse(l[(l.LastIndexOf(' ') + 1)..])).ShouldBe(5_000);
    }

    [Fact]
    public void Meters_nobody_asked_for_are_left_out()
    {
        using var other = new Meter("other");
        other.CreateCounter<long>("garam_other_total").Add(1);

        _text.Render().ShouldBeEmpty();
    }

    private List<string> Lines() => [.. _text.Render().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
