using Garam.Log.Storage;

namespace Garam.Log.Checkpoints;

/// <summary>
/// How far each named consumer has got; one small file each, replaced in one step. A checkpoint is durable when
/// <see cref="Set"/> returns. One whose file is damaged holds everything back until it is set again or removed.
/// </summary>
internal sealed class CheckpointStore
{
    private readonly Lock _lock = new();
    private readonly string _directory;
    private readonly ILogStorage _storage;
    private readonly Dictionary<string, long> _positions = [];
    private readonly HashSet<string> _damaged = [];

    internal CheckpointStore(string directory, ILogStorage storage, IEnumerable<string> files)
    {
        _directory = directory;
        _storage = storage;
        foreach (var file in files)
        {
            if (!file.EndsWith(LogFiles.CheckpointSuffix, StringComparison.Ordinal)) continue;
            var name = file[..^LogFiles.CheckpointSuffix.Length];
            if (CheckpointFile.TryRead(Load(file), out var position)) _positions[name] = position;
            else _damaged.Add(name);
        }
    }

    internal IReadOnlyList<string> Damaged
    {
        get
        {
            lock (_lock) return [.. _damaged.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Records before this were durable once, since a consumer has had them. 0 without checkpoints.</summary>
    internal long Highest
    {
        get
        {
            lock (_lock) return _positions.Count == 0 ? 0 : _positions.Values.Max();
        }
    }

    /// <summary>The first record that a consumer still needs; null when there are no consumers.</summary>
    internal long? Lowest
    {
        get
        {
            lock (_lock) return _damaged.Count > 0 ? 0 : _positions.Count == 0 ? null : _positions.Values.Min();
        }
    }

    internal long? Get(string name)
    {
        lock (_lock) return _positions.TryGetValue(name, out var position) ? position : null;
    }

    internal void Set(string name, long position)
    {
        CheckName(name);
        Span<byte> bytes = stackalloc byte[CheckpointFile.Bytes];
        CheckpointFile.Write(bytes, position);
        lock (_lock)
        {
            if (!_positions.ContainsKey(name) && _positions.Count >= LogLimits.CheckpointsMax)
                throw new InvalidOperationException($"The log has {LogLimits.CheckpointsMax} checkpoints already; remove one first.");
            _storage.ReplaceFile(_directory, LogFiles.Checkpoint(_directory, name), bytes);
            _positions[name] = position;
            _damaged.Remove(name);
        }
    }

    internal void Remove(string name)
    {
        CheckName(name);
        lock (_lock)
        {
            _storage.Delete(LogFiles.Checkpoint(_directory, name));
            _storage.FlushDirectory(_directory);
            _positions.Remove(name);
            _damaged.Remove(name);
        }
    }

    private byte[] Load(string file)
    {
        try
        {
            return _storage.ReadFile(Path.Combine(_directory, file), CheckpointFile.Bytes) ?? [];
        }
        catch (IOException)
        {
            // Unreadable is damaged: reported as such, and everything is kept for it.
            return [];
        }
    }

    private static void CheckName(string name)
    {
        var valid = name.Length is > 0 and <= LogLimits.CheckpointNameLengthMax
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
            && name[0] != '.';
        if (!valid)
            throw new ArgumentException(
                $"'{name}' is no name for a checkpoint: 1 to {LogLimits.CheckpointNameLengthMax} of a-z, 0-9, '-', '_', '.', not beginning with '.'.", nameof(name));
    }
}
