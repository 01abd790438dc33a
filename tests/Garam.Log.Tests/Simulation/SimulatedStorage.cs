using Garam.Log.Storage;

namespace Garam.Log.Tests.Simulation;

/// <summary>
/// A disk in memory whose faults come from a seed. What it models: writes and lengths that are not on the disk before a
/// flush, sectors that reach it in any order or not at all, folder entries that are not there before the folder is flushed,
/// writes that take only a part, a full disk, a flush that fails and drops what it should have stored, a disk that takes its
/// time, rot, and a stop before or after any operation. What it does not: a disk that claims to have flushed and has not.
/// </summary>
internal sealed class SimulatedStorage(int seed, ManualTime time) : ILogStorage
{
    private readonly List<(string Name, SimulatedContent? Content)> _pending = [];
    private readonly HashSet<string> _locked = [];
    private readonly ManualResetEventSlim _diskRuns = new(initialState: true);
    private Dictionary<string, SimulatedContent> _seen = [];
    private Dictionary<string, SimulatedContent> _stored = [];
    private bool _stopped;

    public Random Random { get; } = new(seed);

    public object Gate { get; } = new();

    /// <summary>The machine stops when this many operations have been done.</summary>
    public int? StopAfter { get; set; }

    public double ShortWriteChance { get; set; }

    public double FlushFailureChance { get; set; }

    /// <summary>The longest time an operation takes on the test's clock.</summary>
    public TimeSpan SlownessMax { get; set; }

    public long CapacityBytes { get; set; } = long.MaxValue;

    public int Operations { get; private set; }

    public int Flushes { get; private set; }

    public bool IsStopped => _stopped;

    public IEnumerable<string> Names => _seen.Keys.Order(StringComparer.Ordinal);

    public SimulatedContent Content(string path) => _seen[path];

    /// <summary>The process ends and the machine goes on: everything written is still seen.</summary>
    public void KillProcess() => Restart();

    /// <summary>The machine loses power: only what was flushed is sure to be there.</summary>
    public void LosePower()
    {
        foreach (var (name, content) in _pending)
        {
            if (Random.Next(2) == 0) continue;
            if (content is null) _stored.Remove(name);
            else _stored[name] = content;
        }
        _pending.Clear();
        _seen = new(_stored);
        foreach (var name in Names) _seen[name].LosePower(Random);
        Restart();
    }

    /// <summary>Flushes block from now on, until <see cref="ReleaseDisk"/>.</summary>
    public void HoldDisk() => _diskRuns.Reset();

    public void ReleaseDisk() => _diskRuns.Set();

    public void CreateDirectory(string directory) => Step();

    public IDisposable Lock(string path)
    {
        lock (Gate)
        {
            Step();
            if (!_locked.Add(path)) throw new LogLockedException(path, holder: null);
            return new Held(this, path);
        }
    }

    public IReadOnlyList<string> List(string directory) => Do(() => Names.Select(name => Path.GetFileName(name)).ToList());

    public ILogFile OpenOrCreate(string path) => Do(() =>
    {
        if (!_seen.TryGetValue(path, out var content))
        {
            if (UsedBytes >= CapacityBytes) throw new DiskFullException("Simulated: no room for a new file.");
            content = new SimulatedContent();
            Enter(path, content);
        }
        return new SimulatedFile(this, content);
    });

    public ILogFile OpenRead(string path) => Do(() =>
        _seen.TryGetValue(path, out var content) ? new SimulatedFile(this, content) : throw new FileNotFoundException(path));

    public void Delete(string path) => Do(() =>
    {
        if (_seen.ContainsKey(path)) Enter(path, null);
        return 0;
    });

    public void Rename(string from, string to) => Do(() =>
    {
        var content = _seen[from];
        Enter(from, null);
        Enter(to, content);
        return 0;
    });

    public void FlushDirectory(string directory) => Do(() =>
    {
        _stored = new(_seen);
        _pending.Clear();
        return 0;
    });

    public long FreeBytes(string directory) => Do(() => CapacityBytes - UsedBytes);

    /// <summary>Does an operation with a possible stop before and after it.</summary>
    internal T Do<T>(Func<T> operation)
    {
        lock (Gate)
        {
            Step();
            var result = operation();
            Step();
            return result;
        }
    }

    internal void Step()
    {
        if (_stopped) throw new SimulatedCrashException();
        if (SlownessMax > TimeSpan.Zero) time.Advance(SlownessMax * Random.NextDouble());
        if (Operations++ != StopAfter) return;
        _stopped = true;
        throw new SimulatedCrashException();
    }

    internal void WaitForDisk() => _diskRuns.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();

    internal bool FlushFails()
    {
        Flushes++;
        return Random.NextDouble() < FlushFailureChance;
    }

    internal int TakeForWrite(int bytes, int growth)
    {
        var room = Math.Max(0, CapacityBytes - UsedBytes);
        var beyond = Math.Max(0, growth + bytes);
        if (beyond > room)
        {
            bytes -= (int)(beyond - room);
            if (bytes <= 0) throw new DiskFullException("Simulated: no room to write.");
            return bytes;
        }
        return bytes > 1 && Random.NextDouble() < ShortWriteChance ? Random.Next(1, bytes) : bytes;
    }

    internal void TakeForAllocation(int bytes)
    {
        if (bytes > CapacityBytes - UsedBytes) throw new DiskFullException("Simulated: no room to allocate.");
    }

    private long UsedBytes => _seen.Values.Sum(content => (long)content.Length);

    private void Enter(string name, SimulatedContent? content)
    {
        _pending.Add((name, content));
        if (content is null) _seen.Remove(name);
        else _seen[name] = content;
    }

    private void Restart()
    {
        _locked.Clear();
        _stopped = false;
        StopAfter = null;
        Operations = 0;
    }

    private sealed class Held(SimulatedStorage storage, string path) : IDisposable
    {
        public void Dispose() => storage._locked.Remove(path);
    }
}
