using Garam.Platform.Configuration;
using Garam.Platform.Sql;

namespace Garam.Platform.Identity.Tokens;

/// <summary>The signing key in the data folder, made at the first start. Removing the file and restarting makes a new one, which ends all access tokens.</summary>
internal static class SigningKeyFile
{
    /// <exception cref="DataFolderException">The file is there and holds no key of this algorithm.</exception>
    public static SigningKey Open(DataFolder folder, JwtAlgorithm algorithm)
    {
        var path = Path.Combine(folder.Secret("token-keys"), $"{algorithm.ToString().ToLowerInvariant()}.json");
        if (!File.Exists(path))
            Write(path, SigningKey.New(algorithm));
        if (SigningKey.FromJwk(File.ReadAllText(path)) is { } key && key.Algorithm == algorithm)
            return key;
        throw new DataFolderException($"{path} holds no key for {algorithm}. Restore it from a backup, or remove it: a new key is made, and access tokens end.");
    }

    private static void Write(string path, SigningKey key)
    {
        using (key)
        {
            // First whole under another name: a key half written is never read, and of two that start at once one wins.
            var draft = $"{path}.{key.Id}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new StreamWriter(draft, options))
                file.Write(key.ToJwk());
            try
            {
                File.Move(draft, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }
    }
}
