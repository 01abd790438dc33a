using Garam.Decoding.Specs;
using Garam.Expressions;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Packs;

/// <summary>
/// The packs in force. Watches their folders and takes changes over while running; holders compare <see cref="Current"/> by reference.
/// </summary>
/// <remarks>Thread-safe. Reloading happens under one lock; readers see either the old set or the new one.</remarks>
public sealed class PackCatalog : IDisposable
{
    /// <summary>Characters of a spec that is put: the longest of the shipped packs has 5,000.</summary>
    public const int SpecTextMax = 256 * 1024;

    /// <summary>Editors write a file in several steps; this much silence means they are done.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    private readonly IReadOnlyList<PackFolder> _folders;
    private readonly PackFolder _local;
    private readonly ILogger _logger;
    private readonly Lock _reloading = new();
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly ITimer _settled;
    private PackSet _current = PackSet.Empty;

    /// <param name="folders">Packs to run.</param>
    /// <param name="localPath">The folder of the local pack, created when absent.</param>
    internal PackCatalog(IReadOnlyList<PackFolder> folders, string localPath, TimeProvider time, ILogger logger)
    {
        _local = new PackFolder(PackFolder.Local, localPath);
        Directory.CreateDirectory(_local.ProductsPath);
        _folders = [.. folders, _local];
        _logger = logger;
        _settled = time.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Reload();
    }

    /// <summary>Raised after a new set is in force, on the thread that loaded it.</summary>
    public event Action<PackSet>? Changed;

    public PackSet Current => Volatile.Read(ref _current);

    /// <summary>Begins to take changes over by itself.</summary>
    public void Watch()
    {
        foreach (var folder in _folders)
        {
            var watcher = new FileSystemWatcher(folder.Path, "*.yaml") { IncludeSubdirectories = true };
            watcher.Changed += OnFile;
            watcher.Created += OnFile;
            watcher.Deleted += OnFile;
            watcher.Renamed += OnFile;
            watcher.Error += (_, e) => _logger.LogWarning(e.GetException(), "Watching {Folder} failed; changes there need a restart", folder.Path);
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
        }

        void OnFile(object sender, FileSystemEventArgs e) => _settled.Change(Settle, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads all packs again and takes over what is right.</summary>
    public PackSet Reload()
    {
        lock (_reloading)
        {
            var former = _current;
            var next = PackReader.Read(_folders, former);
            Volatile.Write(ref _current, next);
            Report(former, next);
            Changed?.Invoke(next);
            return next;
        }
    }

    /// <summary>What <see cref="PutProduct"/> would say of a spec; nothing is kept.</summary>
    public static SpecResult CheckProduct(string id, string text)
    {
        // The id becomes a file's name.
        if (!IsProductId(id))
            return Wrong("product", $"`{id}` is no product id", $"Use 1 to 64 letters, digits, '-' , '_' or '.', beginning with a letter or digit.");
        if (text.Length > SpecTextMax)
            return Wrong(id + ".yaml", $"the spec has more than {SpecTextMax} characters", $"Describe one product in a file.");
        var result = SpecParser.Parse(text, id + ".yaml");
        return result.Spec is { } spec && spec.Id != id
            ? Wrong(id + ".yaml", $"the spec is for `{spec.Id}`, not `{id}`", $"Write product_type: {id}, or use its own address.")
            : result;

        static SpecResult Wrong(string file, Phrase message, Phrase remedy) => new(null, [new SpecProblem(file, 1, 1, message, remedy)]);
    }

    /// <summary>
    /// Checks a spec and, when it is right, keeps it in the local pack and puts it in force. The text it takes the place of is kept beside it,
    /// once.
    /// </summary>
    /// <returns>The problems; empty when it is in force.</returns>
    public IReadOnlyList<SpecProblem> PutProduct(string id, string text)
    {
        if (CheckProduct(id, text) is { Spec: null, Problems: var problems })
            return problems;
        lock (_reloading)
        {
            var file = Path.Combine(_local.ProductsPath, id + ".yaml");
            try
            {
                KeptFile.Write(file, text);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return [new SpecProblem(file, 1, 1, $"the spec cannot be kept ({e.Message})", $"What was in force stays in force. Check the disk and the permissions of the data folder.")];
            }

            Reload();
            return [];
        }
    }

    /// <summary>The text of a product in the local pack before it was last put; null when there is none.</summary>
    public string? FormerText(string id) => IsProductId(id) ? KeptFile.Former(Path.Combine(_local.ProductsPath, id + ".yaml")) : null;

    private static bool IsProductId(string id) =>
        id.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    public void Dispose()
    {
        _watchers.ForEach(w => w.Dispose());
        _settled.Dispose();
    }

    private void Report(PackSet former, PackSet next)
    {
        foreach (var problem in next.Problems.Where(p => !former.Problems.Contains(p)))
            _logger.LogWarning("{Problem} The former version, if there was one, stays in force.", problem);
        foreach (var product in next.Products)
        {
            if (former.TryGetProduct(product.Id, out var old) && !ReferenceEquals(old, product))
                _logger.LogInformation("Product {Product} is now version {Version} from {File}", product.Id, product.Spec.Version, product.File);
        }

        foreach (var ruleset in next.Rulesets.Where(r => former.Rulesets.Count > 0 && !former.Rulesets.Contains(r)))
            _logger.LogInformation("Ruleset {Ruleset} was read anew from {File}", ruleset.Id, ruleset.File);
    }
}
