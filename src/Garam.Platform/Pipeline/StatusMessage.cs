using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Garam.Platform.Pipeline;

/// <summary>A device's word on its state: <c>online</c>, or JSON with <c>status</c>, <c>state</c> or <c>connected</c>.</summary>
internal static class StatusMessage
{
    /// <summary>A state is a word; anything longer is something else.</summary>
    private const int TextBytesMax = 64;

    public static bool TryRead(ReadOnlySpan<byte> payload, out string status)
    {
        status = "";
        payload = payload.Trim(" \t\r\n\""u8);
        if (payload.IsEmpty)
            return false;
        if (payload[0] == '{')
            return TryReadJson(payload, out status);
        if (payload.Length > TextBytesMax || !Utf8.IsValid(payload) || payload.ContainsAnyInRange((byte)0, (byte)31))
            return false;
        status = Encoding.UTF8.GetString(payload);
        return true;
    }

    private static bool TryReadJson(ReadOnlySpan<byte> payload, out string status)
    {
        status = "";
        try
        {
            var json = new Utf8JsonReader(payload);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var named = json.ValueTextEquals("status"u8) || json.ValueTextEquals("state"u8);
                var connected = json.ValueTextEquals("connected"u8) || json.ValueTextEquals("online"u8);
                json.Read();
                if (named && json.TokenType == JsonTokenType.String && json.ValueSpan.Length <= TextBytesMax)
                    status = json.GetString()!;
                else if (connected && json.TokenType is JsonTokenType.True or JsonTokenType.False)
                    status = json.TokenType == JsonTokenType.True ? "online" : "offline";
                else
                    json.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }

        return status.Length > 0;
    }
}
