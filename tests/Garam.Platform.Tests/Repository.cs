namespace Garam.Platform.Tests;

/// <summary>Files of the repository that tests read in place.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Packs => Path.Combine(Root, "packs");

    private static string Find([System.Runtime.CompilerServices.CallerFilePath] string source = "")
    {
        foreach (var start in (string[])[Path.GetDirectoryName(source)!, AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Garam.slnx")))
                    return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Garam.slnx is in none of the folders above the tests.");
    }
}
