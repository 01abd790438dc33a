using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Platform.Tests;

/// <summary>Packs written by a test into a temporary folder.</summary>
internal sealed class PackFolders(TemporaryFolder folder, TimeProvider? time = null) : IDisposable
{
    private readonly List<PackFolder> _packs = [];

    public PackCatalog Catalog { get; private set; } = null!;

    public string LocalPath => folder.File("data/packs/local");

    public IReadOnlyList<PackFolder> Packs => _packs;

    public string WriteProduct(string pack, string id, string text)
    {
        Know(pack);
        return folder.Write($"packs/{pack}/products/{id}.yaml", text);
    }

    public string WriteRuleset(string pack, string id, string text)
    {
        Know(pack);
        return folder.Write(pack == PackFolder.Local ? $"data/packs/local/rules/{id}.yaml" : $"packs/{pack}/rules/{id}.yaml", text);
    }

    public string WriteRoutes(string pack, string text)
    {
        Know(pack);
        return folder.Write($"packs/{pack}/routes.yaml", text);
    }

    public PackCatalog Open()
    {
        Catalog = new PackCatalog(_packs, LocalPath, time ?? TimeProvider.System, NullLogger.Instance);
        return Catalog;
    }

    public void Dispose() => Catalog?.Dispose();

    public void Know(string pack)
    {
        if (pack != PackFolder.Local && _packs.TrueForAll(p => p.Name != pack))
            _packs.Add(new PackFolder(pack, folder.File($"packs/{pack}")));
    }
}
