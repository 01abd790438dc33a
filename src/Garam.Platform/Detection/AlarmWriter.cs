using Garam.Platform.Alarms;

namespace Garam.Platform.Detection;

/// <summary>Collects what rules have to say until whoever runs them passes it on. Owned by one lane, or by a back-test.</summary>
internal sealed class AlarmWriter(RaiseComposer composer)
{
    public RaiseComposer Composer { get; } = composer;

    /// <summary>In the order in which they came about. The reader empties it.</summary>
    public List<AlarmSignal> Signals { get; } = [];

    public void Add(AlarmSignal signal) => Signals.Add(signal);
}
