using System.Text;
using System.Text.Json;
using Garam.Log;
using Garam.Platform.Devices;
using Garam.Platform.Identity;

namespace Garam.Platform.Ingress;

/// <summary>
/// The lines of one NDJSON request. A JSON object or number as <c>payload</c> is logged with exactly the bytes it has in the line; a
/// string is logged as its text (<c>0x…</c> hex, CSV).
/// </summary>
internal sealed class NdjsonBatch(LogGate gate, HttpSources sources, Principal principal, ReadOnlyMemory<byte> body)
{
    /// <summary>Reasons told in one answer; the rest is counted only.</summary>
    private const int RejectedMax = 1_000;

    private int _at;
    private int _number;
    private bool _noRoom;
    private bool _tookToken;

    public int Accepted { get; private set; }

    public List<RejectedLine> Rejected { get; } = [];

    public LogPosition Last { get; private set; }

    /// <summary>Logs lines until the last one, or until the log has no room: then it returns false, and goes on there when called again.</summary>
    public bool AppendLines()
    {
        while (_at < body.Length)
        {
            var rest = body.Span[_at..];
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            var reason = line.Trim(" \t\r"u8).IsEmpty ? null : AppendLine(line);
            if (_noRoom)
            {
                _noRoom = false;
                return false;
            }

            _number++;
            _at += end < 0 ? rest.Length : end + 1;
            if (reason is not null && Rejected.Count < RejectedMax)
                Rejected.Add(new RejectedLine(_number, reason));
        }

        return true;
    }

    private string? AppendLine(ReadOnlySpan<byte> line)
    {
        string? deviceId = null, product = null, text = null;
        var port = -1;
        int start = 0, end = 0;
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return Count(IngressResult.Invalid, "the line is no JSON object");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                string? wrong = null;
                if (json.ValueTextEquals("deviceId"u8))
                    wrong = TryReadText(ref json, out deviceId) ? null : "deviceId must be a text";
                else if (json.ValueTextEquals("product"u8))
                    wrong = TryReadText(ref json, out product) ? null : "product must be a text";
                else if (json.ValueTextEquals("port"u8))
                    wrong = TryReadPort(ref json, out port) ? null : "port must be a number from 0 on";
                else if (json.ValueTextEquals("payload"u8))
                    (text, start, end) = ReadPayload(ref json);
                else
                    json.Skip();
                if (wrong is not null)
                    return Count(IngressResult.Invalid, wrong);
            }

            // Throws when anything but blanks stands behind the object.
            json.Read();
        }
        catch (JsonException e)
        {
            return Count(IngressResult.Invalid, $"the line is not JSON (byte {e.BytePositionInLine})");
        }
        catch (InvalidOperationException)
        {
            return Count(IngressResult.Invalid, "a text of the line is not valid UTF-8");
        }

        ReadOnlySpan<byte> payload = text is null ? line[start..end] : Encoding.UTF8.GetBytes(text);
        if (!DeviceId.TryParse(deviceId, out var device, out var problem))
            return Count(IngressResult.Invalid, $"deviceId: {problem}");
        if (product is { Length: > 255 } || payload.IsEmpty)
            return Count(IngressResult.Invalid, payload.IsEmpty ? "payload is missing or empty" : "product has more than 255 characters");
        if (payload.Length > gate.PayloadBytesMax)
            return Count(IngressResult.TooLarge, $"payload has more than {gate.PayloadBytesMax} bytes");
        if (!principal.MaySendFor(device.Value, ""))
            return Count(IngressResult.Unauthorized, $"'{principal.Name}' may not send for '{device}'");
        var source = sources.Get(Protocol.Http, device, product, port);
        if (gate.Refuses(source))
            return Count(IngressResult.Disabled, $"'{device}' is disabled");
        if (source.Rate is { } rate && !_tookToken && !rate.TryTake())
            return Count(IngressResult.RateLimited, $"'{device}' sends more than ingress.messages_per_second_per_device allows");
        if (!gate.TryAppend(source, payload, out var position))
        {
            _noRoom = _tookToken = true;
            return null;
        }

        _tookToken = false;
        Last = position;
        Accepted++;
        return null;
    }

    /// <summary>A string's text, or where another value's bytes stand in the line.</summary>
    private static (string? Text, int Start, int End) ReadPayload(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return (json.GetString(), 0, 0);
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return (null, start, (int)json.BytesConsumed);
    }

    private static bool TryReadText(ref Utf8JsonReader json, out string? text)
    {
        json.Read();
        text = json.TokenType == JsonTokenType.String ? json.GetString() : null;
        return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
    }

    private static bool TryReadPort(ref Utf8JsonReader json, out int port)
    {
        json.Read();
        port = -1;
        return json.TokenType == JsonTokenType.Null || (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out port) && port >= 0);
    }

    private string Count(IngressResult result, string reason)
    {
        gate.Counters.Count(Protocol.Http, result);
        return reason;
    }
}
