using System.Globalization;
using Garam.Platform.Sql;

namespace Garam.Platform.Configuration;

/// <summary>The data folder and the names of everything in it (docs/formats/data-folder.md).</summary>
public sealed class DataFolder
{
    /// <summary>Rises when an older program could not read the folder any more.</summary>
    private const int Version = 1;

    private const string VersionFile = "garam-version";

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    public string Log => System.IO.Path.Combine(Path, "log");

    public string Telemetry => System.IO.Path.Combine(Path, "telemetry");

    public string Database => System.IO.Path.Combine(Path, "garam.db");

    public string Mqtt => System.IO.Path.Combine(Path, "mqtt");

    public string LocalPack => System.IO.Path.Combine(Path, "packs", "local");

    /// <summary>A folder for secrets of this name, readable by this account only; created when absent.</summary>
    public string Secret(string name)
    {
        var path = System.IO.Path.Combine(Path, "identity", name);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Opens the folder, creating it when absent.</summary>
    /// <exception cref="DataFolderException">It cannot be written, is of a newer version, or holds something else.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(path);
            var file = System.IO.Path.Combine(path, VersionFile);
            if (File.Exists(file))
                Check(path, File.ReadAllText(file).Trim());
            else
                File.WriteAllText(file, Version.ToString(CultureInfo.InvariantCulture) + "\n");
            return new DataFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder {path} cannot be used ({e.Message}). Choose another with --data, or mend its permissions.", e);
        }
    }

    private static void Check(string path, string version)
    {
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var found))
            throw new DataFolderException($"{path}/{VersionFile} says '{version}', which is no version. Restore the folder from a backup.");
        if (found > Version)
            throw new DataFolderException($"The data folder {path} is of version {found}, this program reads up to {Version}. Start the newer Garam that wrote it.");
    }
}
