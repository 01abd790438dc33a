namespace Garam.Decoding.Tests;

/// <summary>The repository's folder, found from where the tests were built or run.</summary>
internal static class RepositoryFolder
{
    public static string Path { get; } = Find();

    private static string Find([System.Runtime.CompilerServices.CallerFilePath] string source = "")
    {
        foreach (var start in new[] { System.IO.Path.GetDirectoryName(source)!, AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(System.IO.Path.Combine(folder.FullName, "Garam.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("Garam.slnx is in none of the folders above the tests");
    }
}
