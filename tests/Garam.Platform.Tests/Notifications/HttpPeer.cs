using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Tests.Notifications;

/// <summary>A real web server that answers what the test says, request after request; after that 200.</summary>
internal sealed class HttpPeer : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<Request> _requests = new();
    private WebApplication? _app;

    private HttpPeer()
    {
    }

    public string Url { get; private set; } = "";

    public IReadOnlyList<Request> Requests => [.. _requests];

    /// <summary>What requests get that no answer was given for.</summary>
    public Func<HttpContext, Task> Otherwise { get; set; } = _ => Task.CompletedTask;

    public static async Task<HttpPeer> StartAsync()
    {
        var peer = new HttpPeer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        peer._app = builder.Build();
        peer._app.Run(peer.TakeAsync);
        await peer._app.StartAsync();
        peer.Url = peer._app.Urls.First();
        return peer;
    }

    public void Answer(params int[] codes)
    {
        foreach (var code in codes)
            Answer(http => Code(http, code));
    }

    public void Answer(Func<HttpContext, Task> answer) => _answers.Enqueue(answer);

    public static Task Code(HttpContext http, int code)
    {
        http.Response.StatusCode = code;
        return Task.CompletedTask;
    }

    /// <summary>Never answers.</summary>
    public static Task Hang(HttpContext http)
    {
        var cut = new TaskCompletionSource();
        http.RequestAborted.Register(() => cut.TrySetResult());
        return cut.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        _requests.Enqueue(new Request(
            http.Request.Path, http.Request.ContentType ?? "", body, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        await (_answers.TryDequeue(out var answer) ? answer(http) : Otherwise(http));
    }

    internal sealed record Request(string Path, string ContentType, string Body, IReadOnlyDictionary<string, string> Headers)
    {
        public string Key => Headers["Idempotency-Key"];
    }
}
