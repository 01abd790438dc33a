namespace Garam.Bench.Servers;

/// <summary>The product of the load generator's devices; benchmarks bring its spec along and depend on no pack.</summary>
internal static class BenchProduct
{
    public const string Id = "bench-telemetry";

    public const string Spec = """
        product_type: bench-telemetry
        title: {en: Load generator's device}
        version: 1
        format: json
        timestamp: {source: ts, format: unix_ms}
        conversion:
          mapping:
            - {source: seq, target: seq, type: int}
            - {source: temperature, target: temperature, type: float, unit: celsius, valid: {min: -40, max: 125}}
            - {source: humidity, target: humidity, type: float, unit: percent}
            - {source: voltage, target: voltage, type: float, unit: V}
            - {source: current, target: current, type: float, unit: A}
            - {source: power, target: power, type: float, unit: W}
            - {source: rssi, target: rssi, type: int, unit: dBm}
          ignore: [serial]
        contract:
          required: [seq]

        """;
}
