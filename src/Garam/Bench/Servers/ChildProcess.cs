using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Garam.Bench.Servers;

/// <summary>
/// A process that a benchmark started and that ends with it. Its newest output lines are kept for the error message.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Lines of output kept: enough for a stack trace, and bounded.</summary>
    private const int LinesMax = 200;

    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ChildProcess(Process process, Action<string>? onLine)
    {
        _process = process;
        DataReceivedEventHandler keep = (sender, line) =>
        {
            if (line.Data is not { } text)
                return;
            _lines.Enqueue(text);
            while (_lines.Count > LinesMax)
                _lines.TryDequeue(out _);
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        if (onLine is not null)
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data is { } text)
                    onLine(text);
            };
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The newest lines the process wrote.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts another instance of this very program.</summary>
    public static ChildProcess StartSelf(IEnumerable<string> arguments, Action<string>? onLine = null)
    {
        var program = Environment.ProcessPath ?? throw new BenchException("The path of this program is unknown.");
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return Start(program, isHost ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments, onLine);
    }

    /// <exception cref="BenchException">The program is not installed.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process, onLine);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new BenchException($"{program} could not be started: {error.Message}.");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Ends the child's standard input, by which the benchmark's own children know that they are done.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits for the end, and until all output was delivered.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>SIGTERM: the process may drain and flush.</summary>
    public void Terminate() => _ = kill(_process.Id, SigTerm);

    /// <summary>SIGKILL: no chance to flush or say goodbye.</summary>
    public async Task KillAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            return;
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int kill(int processId, int signal);
}
