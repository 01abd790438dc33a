using System.Globalization;
using System.Text;
using Garam.Bench.Servers;

namespace Garam.Bench.Rules;

/// <summary>
/// Rules for the load generator's devices: a third of them windowed, the others plain limits, some with a duration and an end of their own.
/// None is ever met, as on an ordinary day: what is measured is judging, not raising.
/// </summary>
internal static class BenchRuleset
{
    public const string Id = "bench-rules";

    private static readonly string[] Metrics = ["temperature", "humidity", "voltage", "current", "power", "rssi"];

    /// <summary>No metric of the generator comes near it.</summary>
    private const int Limit = 5_000;

    private static readonly string[] Windowed =
    [
        "avg({0}, 1m) > {1}", "{0} > avg({0}, 10m) + 40 * stddev({0}, 10m) + {1}", "max({0}, 5m) - min({0}, 5m) > {1}", "slope({0}, 2m) > {1}",
        "percentile({0}, 95, 10m) > {1}", "count({0} > {1}, 5m) >= 3",
    ];

    private static readonly string[] Plain =
    [
        "{0} > {1}", "{0} > {1} and humidity > 95", "abs({0}) > {1} or power > 9000", "{0} * 2 + 10 > 2 * {1}",
    ];

    public static string Of(int rules)
    {
        var yaml = new StringBuilder($"ruleset: {Id}\nproduct: {BenchProduct.Id}\nversion: 1\nrules:\n");
        for (var i = 0; i < rules; i++)
        {
            var isWindowed = i % 3 == 0;
            var forms = isWindowed ? Windowed : Plain;
            var condition = string.Format(CultureInfo.InvariantCulture, forms[i / 3 % forms.Length], Metrics[i % Metrics.Length], Limit + i);
            yaml.Append(CultureInfo.InvariantCulture, $"  - id: rule-{i}\n    type: threshold\n    when: \"{condition}\"\n    severity: {(i % 2 == 0 ? "high" : "low")}\n");
            if (i % 5 == 1)
                yaml.Append("    for: 10s\n");
        }

        return yaml.ToString();
    }
}
