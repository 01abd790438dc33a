namespace Garam.Bench.Alarms;

/// <summary>Latencies in milliseconds, all from the moment before the message that raises the alarm is handed to the socket.</summary>
/// <param name="Load">What the other devices sent meanwhile, and how long their acknowledgements took.</param>
/// <param name="Raised">Alarms that came, of those that should.</param>
/// <param name="Acknowledged">To the acknowledgement of the same messages: they are durable then.</param>
/// <param name="Visible">To the alarm read from the event stream: it is committed, too.</param>
internal sealed record AlarmBenchReport(AlarmBenchOptions Options, Load.LoadReport Load, int Raised, LatencyFigures Acknowledged, LatencyFigures Visible);
