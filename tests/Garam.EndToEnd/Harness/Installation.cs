namespace Garam.EndToEnd;

/// <summary>The program under test, as <c>./garam test</c> built it.</summary>
internal static class Installation
{
    /// <summary>Path of <c>Garam.dll</c>.</summary>
    public static string Program { get; } = FindProgram();

    /// <summary>The repository's root.</summary>
    public static string Home { get; } = FindHome();

    /// <summary>The host that runs this very test program.</summary>
    public static string DotNet { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    /// <summary>More rounds and larger numbers.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("GARAM_LONG") == "1";

    private static string FindProgram()
    {
        var program = Environment.GetEnvironmentVariable("GARAM_PROGRAM");
        return File.Exists(program)
            ? program
            : throw new InvalidOperationException(
                $"GARAM_PROGRAM is {(program is null ? "not set" : $"'{program}', which does not exist")}: these tests run a program that is built already. Use ./garam test EndToEnd.");
    }

    private static string FindHome()
    {
        if (Environment.GetEnvironmentVariable("GARAM_HOME") is { Length: > 0 } home)
            return home;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Garam.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("GARAM_HOME is not set and no folder above this program is the repository. Use ./garam test EndToEnd.");
    }
}
