namespace Garam;

/// <summary>What the program's exit codes mean.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>What was given is wrong: a spec, a payload, a setting.</summary>
    public const int Input = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The environment is not ready: a port, a disk, a server that does not answer.</summary>
    public const int Environment = 3;

    public const int Interrupted = 130;
}
