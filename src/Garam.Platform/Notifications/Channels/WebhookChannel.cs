using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Garam.Platform.Configuration;

namespace Garam.Platform.Notifications.Channels;

/// <summary>
/// Posts to a URL: Garam's own JSON, Slack's, or an SMS gateway's template. 2xx is taken; 4xx but 408 and 429 is refused for good; everything
/// else is tried again, not before the Retry-After.
/// </summary>
/// <remarks>Redirects are not followed: they would carry the alarm, and its headers' secrets, to where nobody has configured them to go.</remarks>
internal sealed class WebhookChannel : INotificationChannel, IDisposable
{
    /// <summary>So much of an error's answer is read, to be shown.</summary>
    private const int AnswerBytesMax = 512;

    private const string Hidden = "***";

    private readonly NotificationChannelOptions _options;
    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly TimeProvider _time;
    private readonly List<(string Name, string Value)> _headers;

    /// <param name="options">Checked at start.</param>
    public WebhookChannel(NotificationChannelOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _url = new Uri(SecretText.Of(options.Url, options.UrlFile));
        _headers = [.. options.Headers.Select(h => (h.Name, SecretText.Of(h.Value, h.ValueFile)))];
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
        })
        {
            // Cut by the loop's own clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public string Name => _options.Name;

    public string Type => "webhook";

    // The path is left out: with Slack and others it is the secret.
    public string Target => _url.GetLeftPart(UriPartial.Authority).Replace(_url.UserInfo + "@", "", StringComparison.Ordinal);

    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = ContentOf(message) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", message.Key);
        request.Headers.TryAddWithoutValidation("User-Agent", "Garam");
        foreach (var (name, value) in _headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? SendResult.Sent : await RefusedAsync(response, cancellation);
        }
        catch (HttpRequestException e)
        {
            // Before there was a connection nothing can have arrived.
            var isUnsent = e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
            return SendResult.Temporary(Clean($"{Target}: {e.Message}"), mayHaveArrived: !isUnsent);
        }
        catch (IOException e)
        {
            return SendResult.Temporary(Clean($"{Target}: {e.Message}"), mayHaveArrived: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<SendResult> RefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var code = (int)response.StatusCode;
        var error = Clean($"{Target} answered {code} {await AnswerAsync(response, cancellation)}".TrimEnd());
        if (code is >= 300 and < 400)
            return SendResult.Permanent($"{error}: a redirect, which is not followed. Configure the final address.");
        if (code is >= 400 and < 500 && response.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests))
            return SendResult.Permanent(error);
        return SendResult.Temporary(error, retryAfter: RetryAfterOf(response.Headers.RetryAfter));
    }

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date - _time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : null);

    private static async Task<string> AnswerAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var buffer = new byte[AnswerBytesMax];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Forms.Words.Line(Encoding.UTF8.GetString(buffer, 0, length), 200);
    }

    private ByteArrayContent ContentOf(OutgoingMessage message)
    {
        var (body, type) = _options.Format switch
        {
            "slack" => (SlackText.Write(message), "application/json"),
            "sms" => (SmsText.Write(_options.Template, _options.ContentType, message), _options.ContentType),
            _ => (NotificationJson.Write(message), "application/json"),
        };
        return new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type, "utf-8") } };
    }

    /// <summary>A receiver may repeat in its answer what it was sent: no secret gets from there into logs.</summary>
    private string Clean(string error)
    {
        foreach (var secret in _headers.Select(h => h.Value).Append(_url.UserInfo).Append(_url.PathAndQuery.Trim('/')).Where(s => s.Length >= 4))
            error = error.Replace(secret, Hidden, StringComparison.OrdinalIgnoreCase);
        return error;
    }
}
