using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Garam.Web.Live;

/// <summary>
/// One open page: looks at its parts four times a second and sends what has changed. A pulse at least every two seconds shows the page
/// that the line is alive.
/// </summary>
internal sealed class LiveConnection(IReadOnlyList<ILivePart> parts, IServiceProvider services, ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>Half of the half second in which a value is to be seen.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(2);

    private static readonly byte[] Pulse = "event: pulse\ndata:\n\n"u8.ToArray();

    /// <summary>Sends until cancelled or the reader leaves.</summary>
    public async Task RunAsync(HttpResponse response, CancellationToken ending)
    {
        var output = response.BodyWriter;
        var changed = new List<RenderFragment>();
        using var timer = new PeriodicTimer(Look, time);
        output.Write(Pulse);
        await output.FlushAsync(ending);
        var sentAt = time.GetTimestamp();
        do
        {
            changed.Clear();
            foreach (var part in parts)
                part.Look(changed);
            if (changed.Count > 0)
                WriteParts(output, await RenderAsync(changed));
            else if (time.GetElapsedTime(sentAt) >= PulseEvery)
                output.Write(Pulse);
            else
                continue;
            await output.FlushAsync(ending);
            sentAt = time.GetTimestamp();
        }
        while (await timer.WaitForNextTickAsync(ending));
    }

    /// <summary>A renderer of its own each time: it would keep every component it ever rendered.</summary>
    private async Task<string> RenderAsync(IReadOnlyList<RenderFragment> changed)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(LiveFragments.Parts)] = changed.ToArray() });
            return (await renderer.RenderComponentAsync<LiveFragments>(parameters)).ToHtmlString();
        });
    }

    private static void WriteParts(IBufferWriter<byte> output, string html)
    {
        output.Write("event: parts\n"u8);
        foreach (var line in html.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
                continue;
            output.Write("data:"u8);
            Encoding.UTF8.GetBytes(line, output);
            output.Write("\n"u8);
        }

        output.Write("\n"u8);
    }
}
