using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Garam.Browser;

/// <summary>A line between browser and program that can go dead without a word, as a cable that is pulled does.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task> _lines = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile bool _isDead;
    private volatile TaskCompletionSource _alive = new();

    public Relay(int target)
    {
        _target = target;
        _alive.SetResult();
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>Nothing passes any more, and nobody is told.</summary>
    public void Cut()
    {
        _alive = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _isDead = true;
    }

    public void Mend()
    {
        _isDead = false;
        _alive.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Mend();
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_lines).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
            _lines.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
    }

    private async Task CarryAsync(TcpClient here)
    {
        using var near = here;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, _target, _ending.Token);
        await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream()), CopyAsync(far.GetStream(), near.GetStream()));
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _ending.Token) is var read and > 0)
        {
            if (_isDead)
                await _alive.Task;
            await to.WriteAsync(buffer.AsMemory(0, read), _ending.Token);
        }
    }
}
