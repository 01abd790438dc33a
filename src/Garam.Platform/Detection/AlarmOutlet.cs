using Garam.Platform.Alarms;

namespace Garam.Platform.Detection;

/// <summary>Where lanes send what rules say.</summary>
/// <param name="Add">Takes a signal; waits while the alarms cannot keep up.</param>
/// <param name="Flush">Completes when everything added before is on disk.</param>
internal sealed record AlarmOutlet(Func<AlarmSignal, ValueTask> Add, Func<CancellationToken, Task> Flush)
{
    /// <summary>For a river without alarms.</summary>
    public static readonly AlarmOutlet None = new(_ => ValueTask.CompletedTask, _ => Task.CompletedTask);
}
