using System.CommandLine;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Garam.Commands;

/// <summary>Talks to a running node over REST, for the commands that ask one.</summary>
internal sealed class NodeClient : IDisposable
{
    public static readonly Option<string> Url = new("--url")
    {
        Description = "Address of the node (default http://127.0.0.1:8080, or GARAM_URL)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("GARAM_URL") ?? "http://127.0.0.1:8080",
    };

    public static readonly Option<string?> Token = new("--token")
    {
        Description = "API token, where one is needed (or GARAM_TOKEN)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("GARAM_TOKEN"),
    };

    private readonly HttpClient _http;

    private NodeClient(HttpClient http) => _http = http;

    /// <summary>A command that runs against a node.</summary>
    /// <param name="symbols">Its arguments and options besides the node's address and token.</param>
    public static Command Command(string name, string description, Func<ParseResult, NodeClient, CancellationToken, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, description) { Url, Token };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.SetAction((result, cancellation) => RunAsync(result, (client, c) => run(result, client, c), cancellation));
        return command;
    }

    /// <summary>Runs a command against the node; its errors and an unreachable node become messages and exit codes.</summary>
    public static async Task<int> RunAsync(ParseResult result, Func<NodeClient, CancellationToken, Task<int>> command, CancellationToken cancellation)
    {
        var url = result.GetValue(Url)!;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync($"--url: '{url}' is no address. Write for example http://127.0.0.1:8080.");
            return ExitCode.Usage;
        }

        using var client = new NodeClient(new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) });
        if (result.GetValue(Token) is { Length: > 0 } token)
            client._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return await command(client, cancellation);
        }
        catch (NodeAnswerException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.IsInput ? ExitCode.Input : ExitCode.Environment;
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync($"{url} does not answer ({e.Message}). Start a node with `./garam up`, or name another with --url.");
            return ExitCode.Environment;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{url} did not answer within {client._http.Timeout.TotalMinutes:0} minutes.");
            return ExitCode.Environment;
        }
    }

    public Task<JsonDocument> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    public Task<JsonDocument> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation) =>
        SendAsync(method, path, body is null ? null : Json(body), cancellation);

    /// <summary>Sends a text that is no JSON, such as a spec.</summary>
    public Task<JsonDocument> SendYamlAsync(HttpMethod method, string path, string text, CancellationToken cancellation) =>
        SendAsync(method, path, new StringContent(text, Encoding.UTF8, "application/yaml"), cancellation);

    /// <summary>Posts and reads the answer line by line as it comes; each line is a JSON document.</summary>
    public async IAsyncEnumerable<JsonDocument> PostForLinesAsync(string path, object body, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body) };
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
            throw NodeAnswerException.From(response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length > 0)
                yield return JsonDocument.Parse(line);
        }
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private async Task<JsonDocument> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            throw NodeAnswerException.From(response.StatusCode, text);
        return JsonDocument.Parse(text.Length == 0 ? "{}" : text);
    }

    public void Dispose() => _http.Dispose();
}
