namespace Garam.Platform.Packs;

/// <summary>Packs as they are on disk now, for commands that need no running node.</summary>
public static class PackSnapshot
{
    public static PackSet Read(IReadOnlyList<PackFolder> folders) => PackReader.Read(folders, PackSet.Empty);
}
