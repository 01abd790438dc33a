using Garam.Platform.Alarms;

namespace Garam.Platform.Tests.Alarms;

/// <summary>An action that fails as often as it is told to.</summary>
internal sealed class CountingAction(int failures = 0) : IAlarmAction
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public string Name => "counting";

    public bool Wants(Alarm alarm) => alarm.Severity == Severity.Critical;

    public Task<string> ActAsync(Alarm alarm, CancellationToken cancellation) =>
        Interlocked.Increment(ref _calls) <= failures ? throw new IOException("the relay does not answer") : Task.FromResult($"opened the relay of {alarm.DeviceId}");
}
