namespace Garam.Bench.Startup;

/// <summary>Start-up figures; times in milliseconds from starting the process to the first positive /readyz.</summary>
internal sealed record StartReport
{
    public required IReadOnlyList<double> EmptyMs { get; init; }

    public required IReadOnlyList<double> AfterKillMs { get; init; }

    /// <summary>Messages acknowledged before each kill.</summary>
    public required IReadOnlyList<long> AcknowledgedBeforeKill { get; init; }

    /// <summary>Memory of an idle instance on an empty folder, some seconds after it was ready.</summary>
    public required IReadOnlyList<long> IdleBytes { get; init; }

    /// <summary>The same program doing nothing but print its version: what the runtime alone takes.</summary>
    public required IReadOnlyList<double> BareMs { get; init; }
}
