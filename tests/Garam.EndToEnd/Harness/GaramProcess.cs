using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Garam.EndToEnd;

/// <summary>
/// <c>garam up</c> as a process of its own on free ports, without the simulated fleet. Disposing kills it: a test that wants a clean end
/// asks for one.
/// </summary>
internal sealed partial class GaramProcess : IAsyncDisposable
{
    /// <summary>The promise is 2 s on an empty folder and 5 s after a crash; machines that run tests are busy.</summary>
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>PEM file with which it speaks HTTPS; null when it does not.</summary>
    private readonly string? _certificate;

    private GaramProcess(Process process, string? certificate) => (_process, _certificate) = (process, certificate);

    public int HttpPort { get; private set; }

    public int MqttPort { get; private set; }

    public int TcpPort { get; private set; }

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{HttpPort}";

    /// <summary>What it wrote to standard error so far.</summary>
    public string Errors => string.Join('\n', _errors);

    public bool HasExited => _process.HasExited;

    /// <summary>From the start of the process to the first good answer of <c>/readyz</c>.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public NodeApi Api { get; private set; } = null!;

    /// <summary>What the program has spent so far on all its threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory that the process really occupies, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="environment">Settings: <c>GARAM__LOG__RESERVE_MEGABYTES</c>.</param>
    /// <param name="token">API token with which <see cref="Api"/> asks.</param>
    public static async Task<GaramProcess> StartAsync(string data, IReadOnlyDictionary<string, string>? environment = null, string? token = null)
    {
        var clock = Stopwatch.StartNew();
        var garam = await StartUnreadyAsync(data, environment, token);
        try
        {
            await Until.TrueAsync(garam.Api.IsReadyAsync, $"ready. It said:\n{garam.Errors}", ReadyLimit);
            garam.ReadyAfter = clock.Elapsed;
            return garam;
        }
        catch
        {
            await garam.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits only until it listens.</summary>
    public static async Task<GaramProcess> StartUnreadyAsync(string data, IReadOnlyDictionary<string, string>? environment = null, string? token = null)
    {
        var garam = Launch([Installation.Program, "up", "--data", data, "--http", "0", "--mqtt", "0", "--tcp", "0", "--no-demo"], environment);
        try
        {
            await garam.AwaitGreetingAsync();
            garam.Api = new NodeApi(garam.Url, token, garam._certificate);
            return garam;
        }
        catch
        {
            await garam.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: no chance to flush or say goodbye.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        _ = kill(_process.Id, SigTerm);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Api?.Dispose();
        _process.Dispose();
    }

    private static GaramProcess Launch(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(Installation.DotNet, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["GARAM_HOME"] = Installation.Home;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var garam = new GaramProcess(process, environment?.GetValueOrDefault("GARAM__HTTP__CERTIFICATE"));
        process.OutputDataReceived += (_, line) => garam.ReadGreeting(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                garam._errors.Enqueue(text);
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return garam;
    }

    private async Task AwaitGreetingAsync()
    {
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_greeted.Task, ended).WaitAsync(ReadyLimit) == ended)
            throw new InvalidOperationException($"It ended with exit code {_process.ExitCode} before it served:\n{Errors}");
    }

    private void ReadGreeting(string? line)
    {
        if (line is null || Listener().Match(line) is not { Success: true } match)
            return;
        var port = int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
        switch (match.Groups["name"].Value)
        {
            case "HTTP":
                HttpPort = port;
                break;
            case "MQTT":
                MqttPort = port;
                break;
            default:
                TcpPort = port;
                _greeted.TrySetResult();
                break;
        }
    }

    [GeneratedRegex(@"^\s*(?<name>HTTP|MQTT|TCP)\s+\S*:(?<port>\d+)")]
    private static partial Regex Listener();

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int kill(int processId, int signal);
}
