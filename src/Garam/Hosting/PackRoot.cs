namespace Garam.Hosting;

/// <summary>Finds the folder of packs: the configured one, else that of <c>GARAM_HOME</c> (set by the launcher), else the nearest <c>packs</c> above the program.</summary>
internal static class PackRoot
{
    private const string FolderName = "packs";

    public static string Find(string configured)
    {
        if (configured.Length > 0)
            return Path.GetFullPath(configured);
        if (Environment.GetEnvironmentVariable("GARAM_HOME") is { Length: > 0 } home && Directory.Exists(Path.Combine(home, FolderName)))
            return Path.Combine(home, FolderName);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var packs = Path.Combine(folder.FullName, FolderName);
            if (Directory.Exists(packs))
                return packs;
        }

        return Path.GetFullPath(FolderName);
    }
}
